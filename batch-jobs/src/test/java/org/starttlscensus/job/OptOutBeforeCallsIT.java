package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.store.OptOuts;

/**
 * Whoever opts out when the plan of the night is made, by a name that is neither the name nor the address of the server
 * that would be called.
 */
class OptOutBeforeCallsIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-01");

    @TempDir
    private static Path directory;

    private static List<String> rows(OptOutWorld world, String sql) {
        return JdbcClient.create(world.database().dataSource())
                .sql(sql)
                .query(String.class)
                .list();
    }

    @Test
    void isNotCalledForTheSakeOfADomainNorThroughAnAlias() throws Exception {
        try (var world = OptOutWorld.open(directory)) {
            var optOuts = new OptOuts(world.database());
            var told = new OptOuts.Told(Optional.empty(), Optional.empty());
            var done = new AtomicBoolean();
            var progress = new RecordedProgress() {
                @Override
                public void begin(String step) {
                    if (!step.equals(NightStep.CALL.label()) || done.getAndSet(true)) return;
                    for (var name : List.of("d0.test", "d1.test", "optedout.test", "after.test"))
                        optOuts.add(OptOutSubject.ofName(name), told, "operator", Instant.now());
                }
            };
            optOuts.add(OptOutSubject.ofName("before.test"), told, "operator", Instant.now());
            var zone = world.zone()
                    .mx("d2.test", 20, "mx.h1.test") // serves d2.test beside d1.test
                    .mx("d3.test", 5, "mx.customer3.test")
                    .alias("mx.customer3.test", "mx.before.test")
                    .address("mx.before.test", world.servers().get(3).toString())
                    .mx("d4.test", 5, "mx.customer4.test")
                    .alias("mx.customer4.test", "mx.after.test")
                    .address("mx.after.test", world.servers().get(4).toString());
            world.run(NIGHT, zone, progress);

            assertEquals(0, world.connections(0), "no other domain has its server");
            assertEquals(
                    List.of("mx.customer3.test opted_out", "mx.customer4.test opted_out", "mx.h0.test opted_out"),
                    rows(world, """
                            SELECT mail_host.name || ' ' || not_attempted
                            FROM census.planned_call
                            JOIN census.endpoint USING (endpoint_id)
                            JOIN census.mail_host USING (mail_host_id)
                            WHERE not_attempted IS NOT NULL
                            ORDER BY 1"""));
            assertEquals(List.of("0"), rows(world, """
                    SELECT count(*)::text
                    FROM census.permit
                    JOIN census.planned_call USING (night, endpoint_id)
                    WHERE not_attempted IS NOT NULL AND started_at IS NOT NULL"""));
            assertEquals(
                    List.of(),
                    rows(world, "SELECT mx_host FROM pub.server WHERE mx_host IN ('mx.h0.test', 'mx.customer3.test')"));
        }
    }
}
