package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabSettings;
import org.starttlscensus.lab.Visit;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import tools.jackson.databind.JsonNode;

/** One domain now, over the lab and an embedded PostgreSQL: before there is a night, while one runs, and behind it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckCommandIT {

    @TempDir
    private static Path directory;
    private static Lab lab;
    private static Database database;

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.open(LabSettings.in(directory.resolve("lab")).withPatience(0.1).withTimeScale(0.01));
        database = EmptyDatabase.in(directory.resolve("pg"));
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
        lab.close();
    }

    private static Terminal census(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "census.database.directory=" + directory.resolve("pg")));
        lab.settings().forEach((key, value) -> {
            if (!key.equals("census.lists")) all.addAll(List.of("--set", key + "=" + value));
        });
        return Terminal.run(all.toArray(String[]::new));
    }

    /** A domain whose mail goes to this company of the lab. */
    private static String customerOf(String company, int number) {
        return lab.universe().domains().stream().filter(domain -> domain.exchanges().stream().anyMatch(mx -> mx.host().ascii().endsWith("." + company)))
                .skip(number).findFirst().orElseThrow().domain().ascii();
    }

    private static long visits(String company) {
        var addresses = lab.universe().endpoints().keySet().stream().filter(endpoint -> endpoint.mxHost().ascii().endsWith("." + company))
                .map(Endpoint::address).collect(Collectors.toSet());
        return lab.log().visits().stream().map(Visit::address).filter(addresses::contains).count();
    }

    private static JsonNode json(Terminal ran) {
        assertEquals(0, ran.exit(), ran::all);
        return Json.MAPPER.readTree(ran.out());
    }

    @Test
    @Order(1)
    void worksBeforeThereIsANight() {
        var told = census("check", customerOf("selfmade.test", 0));
        assertEquals(0, told.exit(), told::all);
        for (var part : List.of("called now", "STARTTLS   yes", "starttls_ok", "chain self_signed", "to do      for senders that look at certificates",
                "Yes: every server of")) {
            assertTrue(told.out().contains(part), () -> part + " is not in\n" + told.all());
        }
        assertEquals(2, visits("selfmade.test"));
    }

    @Test
    @Order(2)
    void whatIsFreshIsToldAgainAndNobodyIsCalled() {
        var told = census("check", customerOf("selfmade.test", 1), "--json");
        json(told).get("servers").forEach(server -> {
            assertEquals("reused", server.get("source").asString());
            assertEquals("starttls_ok", server.get("outcome").asString());
            assertTrue(server.get("starttls").asBoolean());
        });
        assertEquals(2, visits("selfmade.test"));
    }

    @Test
    @Order(3)
    void thatWeAreNotWantedIsNoBadMark() {
        var told = census("check", customerOf("limits.test", 0), "--evidence");
        assertEquals(0, told.exit(), told::all);
        assertTrue(told.out().contains("We could not find out whether mail to"), told::out);
        assertTrue(told.out().contains("rate_limited: it says that we call too often"), told::out);
        assertTrue(told.out().contains("to do      nothing: this says how we were received"), told::out);
        assertTrue(told.out().contains("attempt 1, permit"), told::out);
        assertFalse(told.out().contains("STARTTLS   no"), told::out);
    }

    @Test
    @Order(4)
    void aProviderThatWantsToBeLeftAloneIsToldOfAndNotCalled() {
        blockedTonight("fastidious.test", "elsewhere-1", "elsewhere-2");
        var told = json(census("check", customerOf("fastidious.test", 0), "--json"));
        told.get("servers").forEach(server -> {
            assertEquals("not_called", server.get("source").asString());
            assertEquals("suspended", server.get("why_not").asString());
            assertTrue(server.get("starttls").isNull());
        });
        assertTrue(told.get("starttls_any").isNull());
        assertEquals(0, visits("fastidious.test"));
    }

    @Test
    @Order(4)
    void oneThatBlockedUsOnEarlierNightsIsNotAskedOutOfTurn() {
        JdbcClient.create(database.dataSource()).sql("""
                INSERT INTO census.provider_standing (provider, blocked_since, last_blocked, nights) VALUES ('denylist.test', '2026-01-01', '2026-01-02', 2)""")
                .update();
        var told = census("check", customerOf("denylist.test", 0));
        assertEquals(0, told.exit(), told::all);
        assertTrue(told.out().contains("not called: its provider has asked us to stay away, and we do (it has blocked us since night 2026-01-01)"), told::all);
        assertEquals(0, visits("denylist.test"));
    }

    /** Two servers of the provider have said so in this night already. */
    private static void blockedTonight(String provider, String... hosts) {
        var jdbc = JdbcClient.create(database.dataSource());
        for (int i = 0; i < hosts.length; i++) {
            jdbc.sql("""
                    WITH host AS (INSERT INTO census.mail_host (name) VALUES (:name) RETURNING mail_host_id),
                    server AS (INSERT INTO census.endpoint (mail_host_id, address) SELECT mail_host_id, :address::inet FROM host RETURNING endpoint_id),
                    asked AS (INSERT INTO census.asked_call (night, endpoint_id, provider, asked_at)
                              SELECT max(night.night), max(endpoint_id), :provider, now() FROM census.night, server)
                    INSERT INTO census.permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before, started_at, ended_at, closed_at, signal, rule,
                                                reception, naming)
                    SELECT (SELECT max(night) FROM census.night), 0, endpoint_id, 1, false, now(), now() + interval '10 s', now(), now(), now(),
                           'blocked_reputation', 'block-word', 'blocked', 'nobody'
                    FROM server""")
                    .param("name", hosts[i] + "." + provider).param("address", "127.20.99." + (i + 1)).param("provider", provider).update();
        }
    }

    @Test
    @Order(5)
    void whatIsNoMailDomainIsRefused() {
        for (var name : List.of("postmaster@example.org", "192.0.2.1", "localhost", "..")) {
            var told = census("check", name);
            assertEquals(2, told.exit(), told::all);
            assertTrue(told.err().contains("is no mail domain"), told::err);
        }
    }

    @Test
    @Order(6)
    void aDomainWithoutMailServersIsToldAsSuch() {
        var told = census("check", "no-such-domain-anywhere.test");
        assertEquals(0, told.exit(), told::all);
        assertTrue(told.out().contains("There is no mail server to ask"), told::out);
    }

    /** The run's one dispatcher decides; its night's files know nothing of what was asked for beside its lists. */
    @Test
    @Order(7)
    void aRunAtWorkIsAskedAndServesIt() throws Exception {
        // The second look at "no STARTTLS", 18 s behind the first, keeps the run at work.
        var list = Files.write(directory.resolve("list.txt"), List.of(customerOf("plainmail.test", 0), customerOf("tenantcloud.test", 0)));
        var out = directory.resolve("published");
        var night = CompletableFuture.supplyAsync(() -> census("run", "--list", list.toString(), "--out", out.toString()));
        while (count("SELECT count(*) FROM census.permit JOIN census.planned_call USING (night, endpoint_id)") == 0) Thread.sleep(50);
        var told = census("check", customerOf("bigmail.test", 0), "--json");
        assertEquals(0, told.exit(), told::all);
        Json.MAPPER.readTree(told.out()).get("servers").forEach(server -> assertEquals("called", server.get("source").asString(), told::all));
        assertFalse(night.isDone(), "the run was to be at work while the check was served");
        assertEquals(0, night.get().exit(), () -> night.join().all());
        assertEquals(1, count("""
                SELECT count(DISTINCT permit.epoch) FROM census.permit JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE mail_host.name LIKE '%.bigmail.test' OR mail_host.name LIKE '%.plainmail.test'"""));
        try (var files = Files.list(out)) {
            for (var file : files.filter(one -> one.toString().endsWith(".csv.gz")).toList()) {
                try (var in = new GZIPInputStream(Files.newInputStream(file))) {
                    var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    for (var asked : List.of("bigmail.test", "selfmade.test", "limits.test")) assertFalse(text.contains(asked), () -> file + " has " + asked);
                }
            }
        }
    }

    @Test
    @Order(8)
    void noLimitWasBroken() {
        var busiest = lab.universe().endpoints().keySet().stream().mapToInt(endpoint -> lab.log().peakOpen(endpoint.address())).max();
        assertEquals(1, busiest.orElseThrow());
        var verbs = lab.log().visits().stream().filter(visit -> visit.handshake() != Visit.Handshake.BROKEN_BY_CLIENT)
                .flatMap(visit -> visit.commands().stream()).filter(command -> command.matches("[ -~]+")).map(command -> command.split(" ")[0])
                .collect(Collectors.toSet());
        assertTrue(Set.of("EHLO", "HELO", "STARTTLS", "QUIT").containsAll(verbs), verbs::toString);
        assertEquals(0, count("SELECT count(*) FROM census.permit WHERE closed_at IS NULL"));
    }

    private static long count(String question) {
        return PlannedNight.count(database, question);
    }
}
