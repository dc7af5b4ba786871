package org.starttlscensus.job;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.ledger.Caller;
import org.starttlscensus.machine.CallingDatabase;
import org.starttlscensus.machine.MachineContacts;
import org.starttlscensus.machine.MachineLease;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.DatabaseSettings;
import org.starttlscensus.store.Database;

/**
 * Keeps a second database of this machine from calling (docs/politeness.md, section 2). A lab is exempt: its servers
 * are on this machine.
 */
public final class CallingMachine {

    private final List<Path> places;
    private final InstantSource clock;

    CallingMachine(List<Path> places, InstantSource clock) {
        this.places = places;
        this.clock = clock;
    }

    /** This machine, by its own clock, which all its databases share. */
    public static CallingMachine here() {
        return new CallingMachine(MachineContacts.PLACES, InstantSource.system());
    }

    /**
     * To be called before a command that calls does anything else, so that it is not refused after an hour of DNS.
     * It only looks: whether anybody is called at all is not known yet.
     *
     * @throws org.starttlscensus.machine.MachineTakenException if another database calls from this machine
     * @throws org.starttlscensus.machine.MachineFileException  if that cannot be known
     */
    public void requireFree(Database database, CensusSettings settings) {
        if (settings.lab().isEmpty()) contacts().requireFree(caller(database, settings));
    }

    /** The same caller, which looks before each call whether this database may still call from this machine. */
    Caller guarding(Caller caller, Database database, CensusSettings settings) {
        return settings.lab().isPresent()
                ? caller
                : new LeasedCaller(caller, () -> contacts().lease(caller(database, settings)));
    }

    private MachineContacts contacts() {
        return new MachineContacts(places, clock);
    }

    private static CallingDatabase caller(Database database, CensusSettings settings) {
        var where = switch (settings.database()) {
            case DatabaseSettings.Server _ -> database.where();
            case DatabaseSettings.Embedded(var directory) -> "the embedded PostgreSQL in " + directory;
        };
        return new CallingDatabase(database.identity(), System.getProperty("user.name", "?"), where);
    }

    /** Takes the lease with the first call: a run that calls nobody claims nothing. */
    private static final class LeasedCaller implements Caller {

        private final Caller caller;
        private final Supplier<MachineLease> leases;
        private @Nullable MachineLease lease;

        LeasedCaller(Caller caller, Supplier<MachineLease> leases) {
            this.caller = caller;
            this.leases = leases;
        }

        @Override
        public Observation call(Permit permit, Consumer<Instant> dialled) {
            lease().beforeCall();
            return caller.call(permit, dialled);
        }

        private synchronized MachineLease lease() {
            var taken = lease;
            if (taken == null) {
                taken = leases.get();
                lease = taken;
            }
            return taken;
        }
    }
}
