package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.dns.ResolverSettings;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.lab.LabDns;
import org.starttlscensus.lab.LabZone;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabaseExtension;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OptOutRecords;
import org.starttlscensus.store.OptOuts;
import org.starttlscensus.store.Routes;

/** Nobody asks the DNS where the mail of a domain goes that opted out; over real sockets and a real PostgreSQL. */
@ExtendWith(EmptyDatabaseExtension.class)
class OptedOutLookUpsIT {

    private static final int DOMAINS = 40;
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private static Database database;
    private static CensusNight night = CensusNight.of("2030-01-01");

    private final Routes routes = new Routes(database);
    private final OptOuts optOuts = new OptOuts(database);
    private ExecutionContext context = new ExecutionContext();

    @BeforeEach
    void tomorrow() {
        night = new CensusNight(night.date().plusDays(1));
        context = new ExecutionContext();
        optOuts.register().forEach(optOuts::endTold);
        new Nights(database).open(night, "test", "test", NOON);
        var lists = new Lists(database);
        var file =
                new Lists.File("list", "list.txt", Octets.of(night.toString()).sha256(), 1);
        var edition = lists.load(
                file,
                rows -> {
                    IntStream.range(0, DOMAINS).forEach(i -> rows.listed(new MailDomain(name(i)), OptionalInt.empty()));
                    return new Lists.LineCounts(DOMAINS, DOMAINS, 0, 0, 1);
                },
                NOON);
        lists.pin(night, List.of(edition));
    }

    private static String name(int domain) {
        return "d%d-%s.test".formatted(domain, night);
    }

    private void optOut(int domain) {
        var told = new OptOuts.Told(Optional.empty(), Optional.empty());
        optOuts.add(OptOutSubject.ofName(name(domain)), told, "operator", NOON);
    }

    private static LabDns dns() throws Exception {
        var zone = LabZone.builder();
        IntStream.range(0, DOMAINS).forEach(i -> zone.address(name(i), "192.0.2." + i));
        return LabDns.open(zone.build(), InetAddress.getLoopbackAddress(), 0);
    }

    private static List<String> rows(String sql) {
        return JdbcClient.create(database.dataSource())
                .sql(sql)
                .param("night", night.date())
                .query(String.class)
                .list();
    }

    /** Reads and writes as Spring Batch does, so many batches at most. */
    private void resolve(LabDns dns, int batches, int atOnce, int perSecond) throws InterruptedException {
        var resolvers = new ResolverSettings(
                List.of(dns.address()), Duration.ofMillis(500), 2, atOnce, OptionalInt.of(perSecond));
        var reader = new ResolveReader(
                routes,
                new OptOutRecords(database),
                new ResolveReader.ResolveRequest(night, resolvers, Duration.ZERO, AddressGate.publicInternet()),
                new RecordedProgress());
        try {
            reader.open(context);
            for (int i = 0; i < batches; i++) {
                var batch = reader.read();
                if (batch == null) return;
                if (!batch.domains().isEmpty()) routes.save(night, batch.domains());
                reader.update(context);
            }
        } finally {
            reader.close();
        }
    }

    private static long asked(LabDns dns, int domain) {
        return dns.queries(name(domain), "MX") + dns.queries("_starttls-census." + name(domain), "TXT");
    }

    @Test
    void aDomainThatOptedOutIsNotLookedUp() throws Exception {
        optOut(7);
        try (var dns = dns()) {
            resolve(dns, Integer.MAX_VALUE, 50, 2_000);
            assertEquals(0, asked(dns, 7));
            assertEquals(2, asked(dns, 8));
        }
        assertEquals(List.of("39"), rows("SELECT count(*) FROM census.tonight_route(:night)"));
        assertEquals(DOMAINS, context.getLong("stored"), "what is left out holds up no restart");
    }

    /** The order of the night is that of its list, whoever opts out in the meantime: nobody is skipped by a restart. */
    @Test
    void aWishBeforeARestartChangesNothingForOthers() throws Exception {
        try (var dns = dns()) {
            resolve(dns, 1, 2, 40);
            var stored = context.getLong("stored");
            assertTrue(stored < DOMAINS, "stored at the restart: " + stored);
            var unasked =
                    IntStream.range(0, DOMAINS).filter(i -> asked(dns, i) == 0).toArray();
            assertTrue(unasked.length > 5, "not asked before the restart: " + unasked.length);
            optOut(unasked[0]);
            optOut(unasked[4]);
            resolve(dns, Integer.MAX_VALUE, 50, 2_000);
            assertEquals(0, asked(dns, unasked[0]) + asked(dns, unasked[4]));
        }
        assertEquals(List.of("38"), rows("SELECT count(*) FROM census.tonight_route(:night)"));
    }

    /** A wish that three nights denied ends before this night's look-ups, not after them. */
    @Test
    void aWishThatHasJustEndedLeavesNobodyOut() throws Exception {
        var records = new OptOutRecords(database);
        var subject = OptOutSubject.ofName(name(3));
        var before = new CensusNight(night.date().minusDays(4));
        records.save(
                before,
                new OptOutRecords.Said(
                        List.of(new OptOutRecords.Seen(subject, "_starttls-census." + name(3))), List.of(), List.of()),
                NOON);
        for (int i = 1; i <= OptOutRecords.ABSENT_NIGHTS; i++) {
            records.save(
                    new CensusNight(before.date().plusDays(i)),
                    new OptOutRecords.Said(List.of(), List.of(subject), List.of()),
                    NOON);
        }
        try (var dns = dns()) {
            resolve(dns, Integer.MAX_VALUE, 50, 2_000);
            assertEquals(2, asked(dns, 3));
        }
    }
}
