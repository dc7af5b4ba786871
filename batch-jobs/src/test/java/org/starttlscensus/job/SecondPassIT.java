package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.dns.ResolverSettings;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.lab.LabDns;
import org.starttlscensus.lab.LabZone;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabaseExtension;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OptOutRecords;
import org.starttlscensus.store.Routes;

/** The step {@code resolve} looks up again at its end what failed, over real sockets and a real PostgreSQL. */
@ExtendWith(EmptyDatabaseExtension.class)
class SecondPassIT {

    /** As many queries as the first pass makes for one type of a name that fails without a reason. */
    private static final int FIRST_PASS = 3;

    private static Database database;
    private static CensusNight night = CensusNight.of("2030-01-01");

    private final Routes routes = new Routes(database);
    private final RecordedProgress progress = new RecordedProgress();
    private ExecutionContext context = new ExecutionContext();

    @BeforeEach
    void tomorrow() {
        night = new CensusNight(night.date().plusDays(1));
    }

    private static void list(String... domains) {
        new Nights(database).open(night, "test", "test", Instant.parse("2030-01-01T22:00:00Z"));
        var lists = new Lists(database);
        var file =
                new Lists.File("list", "list.txt", Octets.of(night.toString()).sha256(), 1);
        var edition = lists.load(
                file,
                rows -> {
                    for (var domain : domains) rows.listed(new MailDomain(domain), OptionalInt.empty());
                    return new Lists.LineCounts(domains.length, domains.length, 0, 0, 1);
                },
                Instant.parse("2030-01-01T22:00:00Z"));
        lists.pin(night, List.of(edition));
    }

    private ResolveReader reader(LabDns lab) {
        var resolvers = new ResolverSettings(List.of(lab.address()), Duration.ofMillis(500), 2, 50);
        return new ResolveReader(
                routes,
                new OptOutRecords(database),
                new ResolveReader.ResolveRequest(night, resolvers, Duration.ZERO, AddressGate.publicInternet()),
                progress);
    }

    /** Reads and writes as Spring Batch does, at most so many batches. */
    private void resolve(LabDns lab, int batches) throws InterruptedException {
        var reader = reader(lab);
        try {
            reader.open(context);
            for (int i = 0; i < batches; i++) {
                var batch = reader.read();
                if (batch == null) break;
                if (!batch.domains().isEmpty()) routes.save(night, batch.domains());
                if (!batch.hosts().isEmpty()) routes.saveHosts(night, batch.hosts());
                reader.update(context);
            }
        } finally {
            reader.close();
        }
    }

    private static LabDns open(LabZone.Builder zone) throws IOException {
        return LabDns.open(zone.build(), InetAddress.getLoopbackAddress(), 0);
    }

    private static List<String> found(String sql) {
        return JdbcClient.create(database.dataSource())
                .sql(sql)
                .param("night", night.date())
                .query(String.class)
                .list();
    }

    private static List<String> tonight() {
        return found("""
                SELECT concat_ws(' ', domain.name, route.route, string_agg(host(endpoint.address), ' '
                                 ORDER BY endpoint.address))
                FROM census.tonight_route(:night) AS route
                JOIN census.domain USING (domain_id)
                LEFT JOIN census.tonight_set_server(:night) AS server ON server.mx_set_id = route.mx_set_id
                LEFT JOIN census.endpoint USING (endpoint_id)
                GROUP BY domain.name, route.route ORDER BY domain.name""");
    }

    @Test
    void whatFailedAndHasPassedIsFound() throws Exception {
        list("plain.test", "late.test", "implicit.test", "gone.test");
        try (var lab = open(LabZone.builder()
                .mx("plain.test", 10, "mx.plain.test")
                .address("mx.plain.test", "192.0.2.1")
                .mx("late.test", 10, "mx.late.test")
                .address("mx.late.test", "192.0.2.2")
                .failsFirst("late.test", FIRST_PASS)
                .address("implicit.test", "192.0.2.3")
                .failsFirst("gone.test", FIRST_PASS))) {
            resolve(lab, Integer.MAX_VALUE);
            assertEquals(
                    List.of(
                            "gone.test nxdomain",
                            "implicit.test implicit_mx 192.0.2.3",
                            "late.test mx 192.0.2.2",
                            "plain.test mx 192.0.2.1"),
                    tonight());
            assertEquals(List.of("2 look-ups failed; each is tried once more"), progress.messages);
            assertEquals(1, lab.queries("plain.test", "MX"), "what was found is not asked again");
        }
    }

    @Test
    void aHostThatFailedBesideAnotherIsFoundOnceForAllItsDomains() throws Exception {
        list("one.test", "two.test");
        try (var lab = open(LabZone.builder()
                .mx("one.test", 10, "good.test")
                .mx("one.test", 20, "late.test")
                .mx("two.test", 10, "good.test")
                .mx("two.test", 20, "late.test")
                .address("good.test", "192.0.2.1")
                .address("late.test", "192.0.2.9")
                .failsFirst("late.test", FIRST_PASS))) {
            resolve(lab, Integer.MAX_VALUE);
            assertEquals(List.of("one.test mx 192.0.2.1 192.0.2.9", "two.test mx 192.0.2.1 192.0.2.9"), tonight());
            assertEquals(List.of("0"), found("SELECT count(*) FROM census.host_failure WHERE night = :night"));
            assertEquals(FIRST_PASS + 1, lab.queries("late.test", "A"));
            assertEquals(1, lab.queries("one.test", "MX"));
        }
    }

    @Test
    void whatFailsAgainKeepsItsWord() throws Exception {
        list("broken.test", "bogus.test", "garbled.test", "explained.test");
        try (var lab = open(LabZone.builder()
                .behavior("broken.test", LabZone.DnsBehavior.SERVFAIL)
                .mx("bogus.test", 10, "mx.test")
                .behavior("bogus.test", LabZone.DnsBehavior.BOGUS)
                .behavior("garbled.test", LabZone.DnsBehavior.MALFORMED)
                .behavior("explained.test", LabZone.DnsBehavior.BOGUS_EXPLAINED))) {
            resolve(lab, Integer.MAX_VALUE);
            assertEquals(
                    List.of(
                            "bogus.test dns_bogus",
                            "broken.test dns_servfail",
                            "explained.test dns_bogus",
                            "garbled.test dns_malformed"),
                    tonight());
            assertEquals(2 * FIRST_PASS, lab.queries("broken.test", "MX"), "there is no third pass");
        }
    }

    @Test
    void aRestartBetweenThePassesFindsTheRest() throws Exception {
        list("plain.test", "late.test");
        try (var lab = open(LabZone.builder()
                .mx("plain.test", 10, "mx.plain.test")
                .address("mx.plain.test", "192.0.2.1")
                .mx("late.test", 10, "mx.plain.test")
                .failsFirst("late.test", FIRST_PASS))) {
            resolve(lab, 1);
            assertTrue(
                    tonight().contains("late.test dns_servfail"),
                    () -> tonight().toString());
            resolve(lab, Integer.MAX_VALUE);
            assertEquals(List.of("late.test mx 192.0.2.1", "plain.test mx 192.0.2.1"), tonight());
            assertEquals(1, lab.queries("plain.test", "MX"));
        }
    }

    @Test
    void aNightWithoutFailuresHasNoSecondPass() throws Exception {
        list("plain.test");
        try (var lab = open(LabZone.builder().address("plain.test", "192.0.2.1"))) {
            resolve(lab, Integer.MAX_VALUE);
            assertEquals(List.of(), progress.messages);
            assertEquals(List.of("plain.test implicit_mx 192.0.2.1"), tonight());
        }
    }
}
