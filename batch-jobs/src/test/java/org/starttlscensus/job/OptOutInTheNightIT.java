package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.store.OptOuts;

/** Whoever opts out while a night runs is not called any more a minute later. A minute is 0.12 s here. */
class OptOutInTheNightIT {

    private static final Duration A_MINUTE = Duration.ofMillis(120);
    private static final int WISHES = 8;

    @TempDir
    private static Path directory;

    @Test
    void isObeyedWithinAMinute() throws Exception {
        try (var nights = LabNights.open(directory, LabPopulation.APART)) {
            var optOuts = new OptOuts(nights.database());
            var addedAt = new Instant[1];
            var progress = new RecordedProgress() {
                private String step = "";

                @Override
                public void begin(String begun) {
                    step = begun;
                }

                @Override
                public void at(long done, long total) {
                    if (addedAt[0] != null || !step.equals(NightStep.CALL.label()) || done < 3) return;
                    lastOnes(nights)
                            .forEach(subject -> optOuts.add(
                                    subject,
                                    new OptOuts.Told(Optional.empty(), Optional.empty()),
                                    "operator",
                                    Instant.now()));
                    addedAt[0] = Instant.now();
                }
            };
            assertEquals(
                    NightRunner.NightResult.COMPLETED,
                    nights.run(
                            nights.request(
                                    LabNights.FIRST,
                                    RequestedLists.ofSettings(nights.settings().lists()),
                                    false),
                            progress));
            var addresses = nights.pairs("""
                    SELECT host(address), host(address) FROM census.endpoint WHERE is_opted_out""").keySet();
            assertTrue(addresses.size() >= WISHES, addresses::toString);
            var late = nights.lab().log().sessions().stream()
                    .filter(session -> addresses.contains(session.address().toString()))
                    .filter(session -> session.startedAt().isAfter(addedAt[0].plus(A_MINUTE)))
                    .toList();
            assertEquals(List.of(), late);
            assertTrue(uncalled(nights, addresses) > 0, "some of them were never called");
            assertEquals(
                    Set.of("not_attempted_opted_out"),
                    Set.copyOf(nights.pairs("""
                            SELECT server_verdict.endpoint_id, outcome
                            FROM census.server_verdict JOIN census.endpoint USING (endpoint_id)
                            WHERE is_opted_out""").values()),
                    "also of those that were called before");
            assertEquals(Set.of(), nights.pairs("""
                    SELECT permit_id, signal FROM census.permit
                    WHERE closed_at IS NULL OR signal = 'abandoned'""").keySet());
        }
    }

    private static long uncalled(LabNights nights, Set<String> addresses) {
        var called = nights.lab().log().sessions().stream()
                .map(session -> session.address().toString())
                .collect(Collectors.toSet());
        return addresses.stream().filter(address -> !called.contains(address)).count();
    }

    /** Those that are called last tonight: by name, by suffix, by address and by network. */
    private static List<OptOutSubject> lastOnes(LabNights nights) {
        return JdbcClient.create(nights.database().dataSource()).sql("""
                        SELECT mail_host.name || ' ' || host(planned_call.address) || ' ' || planned_call.position % 4
                        FROM census.planned_call
                        JOIN census.endpoint USING (endpoint_id)
                        JOIN census.mail_host USING (mail_host_id)
                        WHERE planned_call.not_attempted IS NULL
                        ORDER BY planned_call.position DESC
                        LIMIT 8""").query(String.class).list().stream()
                .map(row -> {
                    var parts = row.split(" ");
                    return switch (parts[2]) {
                        case "0" -> OptOutSubject.ofName(parts[0]);
                        case "1" -> OptOutSubject.ofName(parts[0].substring(parts[0].indexOf('.') + 1));
                        case "2" -> OptOutSubject.ofAddress(Address.of(parts[1]));
                        default -> OptOutSubject.ofNetwork(Address.of(parts[1]).prefix());
                    };
                })
                .toList();
    }
}
