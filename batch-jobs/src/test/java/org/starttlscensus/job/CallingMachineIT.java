package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.ledger.Caller;
import org.starttlscensus.machine.MachineTakenException;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;

/** Two databases on one machine. */
class CallingMachineIT {

    private static final Instant NOW = Instant.parse("2026-11-30T22:00:00Z");

    @TempDir
    Path directory;

    private final AtomicInteger calls = new AtomicInteger();
    private final Caller caller = (_, _) -> {
        calls.incrementAndGet();
        return Observations.ended(CallPhase.BANNER, Ending.REPLIED).build();
    };

    private static CensusSettings settings(String... pairs) {
        return SettingsReader.read(List.of(pairs), Optional.empty(), Map.of());
    }

    private static Permit permit() {
        return new Permit(
                1,
                1,
                new Endpoint(new Hostname("mx.example.org"), Address.of("192.0.2.1")),
                Optional.empty(),
                "example.org",
                1,
                false,
                ProbeKind.STANDARD,
                NOW,
                NOW.plusSeconds(10));
    }

    @Test
    void theSecondCallsNobodyAndALabIsExempt() throws Exception {
        var place = directory.resolve("place");
        var machine = new CallingMachine(List.of(place), () -> NOW);
        var internet = settings();
        var lab = settings("census.lab.networks=127.20.0.0/16", "census.dns.resolvers=127.20.0.53:5353");
        try (var first = EmptyDatabase.in(directory.resolve("first"));
                var second = Database.openEmbedded(other())) {
            assertNotEquals(first.identity(), second.identity());
            assertEquals(first.identity(), first.identity());

            machine.requireFree(first, lab);
            machine.guarding(caller, first, lab).call(permit(), _ -> {});
            assertTrue(Files.notExists(place), "a lab leaves no record");

            machine.requireFree(first, internet);
            var guarded = machine.guarding(caller, first, internet);
            assertTrue(Files.notExists(place), "who calls nobody leaves no record");
            guarded.call(permit(), _ -> {});
            assertEquals(2, calls.get());

            var refused = assertThrows(MachineTakenException.class, () -> machine.requireFree(second, internet));
            assertTrue(refused.getMessage().contains(first.identity()), refused::getMessage);
            assertThrows(
                    MachineTakenException.class,
                    () -> machine.guarding(caller, second, internet).call(permit(), _ -> {}));
            assertEquals(2, calls.get());
            machine.requireFree(first, internet);
            machine.guarding(caller, second, lab).call(permit(), _ -> {});
        }
    }

    /** A server of its own: a copy of a database has the identity of what it was copied from. */
    private Path other() {
        EmptyDatabase.linkPrograms(directory.resolve("second"));
        return directory.resolve("second");
    }
}
