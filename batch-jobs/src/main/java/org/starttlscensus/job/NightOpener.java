package org.starttlscensus.job;

import java.time.InstantSource;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.StepState;
import org.starttlscensus.verdict.TrustStore;

/**
 * Opens the row of a night and stores the roots that will judge it, or refuses a request that cannot be met. So the
 * night can be continued by the same roots, whatever the program brings by then.
 */
final class NightOpener {

    private final Database database;
    private final InstantSource clock;

    NightOpener(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @throws RefusedNightException if the night cannot be run as requested */
    void open(NightRequest request, TrustStore trustStore) {
        var nights = new Nights(database);
        var latest = nights.latest();
        if (latest.isPresent() && request.night().compareTo(latest.get().night()) < 0) {
            throw new RefusedNightException(
                    """
                    night %s: this database already has night %s. Nights must be run in order, because routes and \
                    addresses are stored as spans of nights. No server was called. \
                    Choose a later night, or another database.""".formatted(request.night(), latest.get().night()));
        }
        refuseIfPlanned(request);
        ChainVerdictCaches.store(trustStore, database, clock);
        var night = nights.open(request.night(), MethodVersion.VERSION, trustStore.name(), clock.instant());
        if (night.completedAt().isPresent()) throw completed(night);
        if (night.trustStore().equals(trustStore.name())) return;
        if (ChainVerdictCaches.stored(database, night.trustStore()).isPresent()) {
            throw new RefusedNightException("""
                    night %s was opened with the trust store %s, but this run is set to %s. A night is judged by one \
                    trust store only. No server was called. Set the first one again to continue the night.\
                    """.formatted(request.night(), night.trustStore(), trustStore.name()));
        }
        // Roots that are not here have judged nothing here: an earlier version of the program opened this night.
        nights.judgeBy(request.night(), trustStore.name());
    }

    /** A plan is made once per night, so {@code --dry-run} and {@code --limit} have no effect after it; say so. */
    private void refuseIfPlanned(NightRequest request) {
        var isPlanned = new NightStatus(database).steps(request.night()).get(NightStep.PLAN) == StepState.COMPLETED;
        if (!isPlanned || (!request.dryRun() && request.mostCalls().isEmpty())) return;
        throw new RefusedNightException("""
                night %s is planned already, so %s comes too late. No server was called. \
                Run without it to continue the night. To see how far it is: census status\
                """.formatted(request.night(), request.dryRun() ? "--dry-run" : "--limit"));
    }

    private static RefusedNightException completed(NightRow night) {
        return new RefusedNightException(
                "night %s was completed at %s, so there is nothing left to do. No server was called."
                        .formatted(night.night(), night.completedAt().orElseThrow()),
                true);
    }
}
