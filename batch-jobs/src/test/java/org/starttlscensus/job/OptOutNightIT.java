package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.lab.LabZone.DnsBehavior;
import org.starttlscensus.store.OptOutRecords;
import org.starttlscensus.store.OptOuts;

/** Whoever opted out before a night is not called in it, has no row, and is counted as such; in each way to opt out. */
class OptOutNightIT {

    private static final String WISH = "v=census1; opt-out";

    @TempDir
    private static Path directory;

    private static CensusNight night(int number) {
        return CensusNight.of("2030-01-%02d".formatted(number));
    }

    private static List<String> rows(OptOutWorld world, String sql) {
        return JdbcClient.create(world.database().dataSource())
                .sql(sql)
                .query(String.class)
                .list();
    }

    private static String reason(OptOutWorld world, int domain) {
        return String.join(",", rows(world, """
                SELECT coalesce(planned_call.not_attempted, 'called') || coalesce(' ' || planned_call.detail, '')
                FROM census.planned_call
                JOIN census.endpoint USING (endpoint_id)
                JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01' AND mail_host.name = 'mx.h%d.test'""".formatted(domain)));
    }

    @Test
    void nobodyWhoAskedIsCalled() throws Exception {
        try (var world = OptOutWorld.open(directory)) {
            var optOuts = new OptOuts(world.database());
            var told = new OptOuts.Told(Optional.empty(), Optional.empty());
            for (var subject : List.of(
                    OptOutSubject.ofName("d4.test"), // a domain; its host has another name, and serves nobody else
                    OptOutSubject.ofName("h5.test"), // a suffix of mail hosts
                    OptOutSubject.ofAddress(world.servers().get(6)),
                    OptOutSubject.ofNetwork(world.servers().get(7).prefix()))) {
                assertTrue(optOuts.add(subject, told, "operator", Instant.now()));
            }
            var zone = world.zone()
                    .text("_starttls-census.d0.test", WISH)
                    .text("_starttls-census.d1.test", WISH)
                    .mx("d2.test", 20, "mx.h1.test") // serves d2.test beside its own
                    .text("_starttls-census.ptr3.test", "v=spf1 -all")
                    .text("_starttls-census.ptr3.test", WISH)
                    .behavior("_starttls-census.d8.test", DnsBehavior.SERVFAIL)
                    .behavior("_starttls-census.ptr9.test", DnsBehavior.SERVFAIL)
                    .behavior(world.reversed(10), DnsBehavior.SERVFAIL)
                    .text("_starttls-census.d11.test", "v=spf1 -all");
            var queries = world.run(night(1), zone);

            var uncalled = List.of(0, 3, 4, 5, 6, 7, 8, 9);
            IntStream.range(0, OptOutWorld.DOMAINS)
                    .forEach(domain -> assertEquals(
                            uncalled.contains(domain), world.connections(domain) == 0, "d" + domain + ".test"));
            assertEquals("called", reason(world, 1), "for the sake of d2.test");
            assertEquals("", reason(world, 0), "for nobody's sake");
            assertEquals("", reason(world, 4));
            assertEquals("opted_out", reason(world, 3));
            assertEquals("opted_out", reason(world, 5));
            assertEquals("opted_out", reason(world, 6));
            assertEquals("opted_out", reason(world, 7));
            assertEquals("", reason(world, 8), "the DNS did not say whether the domain opted out");
            assertEquals("budget the DNS did not say whether its operator wants to be left out", reason(world, 9));

            assertEquals(
                    List.of(
                            "d10.test",
                            "d11.test",
                            "d12.test",
                            "d2.test",
                            "d3.test",
                            "d5.test",
                            "d6.test",
                            "d7.test",
                            "d8.test",
                            "d9.test"),
                    rows(world, "SELECT domain FROM pub.domain ORDER BY 1"));
            assertEquals(List.of("dns_servfail"), rows(world, "SELECT route FROM pub.domain WHERE domain = 'd8.test'"));
            assertEquals(
                    List.of("mx.h1.test", "mx.h10.test", "mx.h11.test", "mx.h12.test", "mx.h2.test", "mx.h9.test"),
                    rows(world, "SELECT mx_host FROM pub.server ORDER BY 1"));
            // d0, d1 and d4 opted out themselves; of d3, d5, d6 and d7 the only server did
            assertEquals(List.of("4 0 2 7"), rows(world, """
                    SELECT DISTINCT concat_ws(' ', n_yes, n_no, n_unknown, n_opted_out) FROM pub.adoption
                    WHERE night = '2030-01-01' AND metric = 'starttls_offered'
                      AND weight = 'domain' AND rollup = 'any'"""));
            assertEquals(List.of("0"), rows(world, """
                    SELECT count(*)::text FROM census.permit
                    JOIN census.endpoint USING (endpoint_id) WHERE is_opted_out"""));
            assertTrue(queries < 13 * 12, "a night of 13 domains takes " + queries + " queries");

            // the record of d0 is gone: three nights must say so
            for (int number = 2; number <= 4; number++) {
                world.run(night(number), world.zone().text("_starttls-census.d1.test", WISH));
                assertEquals(0, world.connections(0), "night " + number);
            }
            // what we were told stays, whatever the DNS says
            world.run(night(5), world.zone().behavior("_starttls-census.d1.test", DnsBehavior.SERVFAIL));
            assertEquals(1, world.connections(0));
            assertEquals(
                    List.of("d1.test"),
                    new OptOutRecords(world.database())
                            .known().stream().map(OptOutSubject::toString).toList());
            assertEquals(0, world.connections(4));
            assertEquals(
                    List.of("true"),
                    rows(world, "SELECT is_opted_out::text FROM census.domain WHERE name = 'd1.test'"));

            // taken back: called again, and the nights between were not measured
            assertEquals(false, optOuts.endTold(OptOutSubject.ofName("d4.test")));
            world.run(night(6), world.zone());
            assertEquals(1, world.connections(4));
            assertEquals(
                    List.of("2030-01-06"),
                    rows(world, "SELECT night::text FROM pub.domain WHERE domain = 'd4.test' ORDER BY 1"));
        }
    }
}
