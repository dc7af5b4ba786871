package org.starttlscensus.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Route;
import org.starttlscensus.lab.ServerBehavior;
import tools.jackson.databind.JsonNode;

/** A check half an hour after one that proved nothing is the second look. That half hour is 9 seconds here. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecondLookIT {

    @TempDir
    private static Path directory;

    private static CheckedLab world;

    @BeforeAll
    static void open() throws Exception {
        world = CheckedLab.open(directory, 0.005);
    }

    @AfterAll
    static void close() throws Exception {
        world.close();
    }

    private static JsonNode check(String domain) {
        var ran = world.census("check", domain, "--json");
        assertEquals(0, ran.exit(), ran::all);
        return Json.MAPPER.readTree(ran.out());
    }

    private static void assertServers(JsonNode checked, String source, String outcome) {
        checked.get("servers").forEach(server -> {
            assertEquals(source, server.get("source").asString(), checked::toString);
            assertEquals(outcome, server.get("outcome").asString(), checked::toString);
        });
    }

    private static void awaitWhatItSays(JsonNode checked) {
        var at = Instant.parse(checked.get("ask_again_at").asString());
        // each server has its own time: the last one counts
        var last = Instant.parse(checked.get("servers")
                .valueStream()
                .map(server -> server.get("ask_again_at").asString())
                .max(String::compareTo)
                .orElseThrow());
        assertTrue(!last.isBefore(at), "the first of them is told");
        await().atMost(Duration.ofSeconds(30)).until(() -> Instant.now().isAfter(last));
    }

    @Test
    @Order(1)
    void confirmsThatThereIsNoStarttls() {
        var domain = world.customerOf("plainmail.test", 0);
        var first = check(domain);
        assertServers(first, "called", "no_starttls_unconfirmed");
        assertEquals("unknown", first.get("short_answer").asString());
        long connections = world.connections("plainmail.test");
        assertEquals(first.get("servers").size(), connections);

        var tooEarly = check(domain);
        assertServers(tooEarly, "reused", "no_starttls_unconfirmed");
        assertEquals(first.get("ask_again_at"), tooEarly.get("ask_again_at"));
        assertEquals(connections, world.connections("plainmail.test"));

        awaitWhatItSays(tooEarly);
        var second = check(domain);
        assertServers(second, "called", "no_starttls");
        assertEquals("no", second.get("short_answer").asString());
        assertEquals(false, second.get("starttls_any").asBoolean(true));
        assertTrue(second.get("ask_again_at").isNull(), second::toString);
        assertEquals(2 * connections, world.connections("plainmail.test"));

        assertServers(check(domain), "reused", "no_starttls");
        assertEquals(2 * connections, world.connections("plainmail.test"), "no third look");
    }

    @Test
    @Order(2)
    void confirmsThatStarttlsIsRefused() {
        var domain = world.customerOf("keylost.test", 0);
        var first = check(domain);
        assertServers(first, "called", "temp_unavailable");
        awaitWhatItSays(first);
        var second = check(domain);
        assertEquals(true, second.get("starttls_any").asBoolean(false), second::toString);
        assertEquals("yes_but", second.get("short_answer").asString());
        assertEquals(4, world.connections("keylost.test"));
    }

    /** A finished handshake needs none, and a block gets none. */
    @Test
    @Order(3)
    void isMadeOnlyWhereTheFirstAsksForIt() {
        for (var company : new String[] {"bigmail.test", "fastidious.test"}) {
            var domain = world.customerOf(company, 0);
            var askAgain = check(domain).get("ask_again_at");
            // its 421 says how long: its days in the lab's time, not the moment of a second look
            if (company.equals("fastidious.test"))
                assertTrue(
                        Instant.parse(askAgain.asString()).isAfter(Instant.now().plus(Duration.ofMinutes(1))));
            else assertTrue(askAgain.isNull(), company);
            long connections = world.connections(company);
            check(domain);
            assertEquals(connections, world.connections(company), company);
        }
    }

    private static boolean isSilent(MailDomain domain) {
        return world.lab().universe().endpoints().entrySet().stream()
                .anyMatch(server ->
                        server.getKey().mxHost().equals(domain.asHost()) && server.getValue() == ServerBehavior.SILENT);
    }

    /** Its address may not be a mail server at all, so it gets one attempt. */
    @Test
    @Order(4)
    void isNotMadeWhereThereIsNoMxRecord() {
        var domain = world.lab().universe().domains().stream()
                .filter(one -> one.route() == Route.IMPLICIT_MX && isSilent(one.domain()))
                .findFirst()
                .orElseThrow()
                .domain()
                .ascii();
        var first = check(domain);
        assertServers(first, "called", "unreachable_timeout");
        assertTrue(first.get("ask_again_at").isNull(), first::toString);
        var due = "SELECT count(*) FROM census.permit JOIN census.endpoint USING (endpoint_id) "
                + "JOIN census.mail_host USING (mail_host_id) WHERE name = '" + domain + "' AND retry_at < now()";
        await().atMost(Duration.ofSeconds(30)).until(() -> world.count(due) == 1);
        assertServers(check(domain), "reused", "unreachable_timeout");
        assertEquals(1, world.count(due), "no second call");
    }

    @Test
    @Order(5)
    void noLimitWasBroken() {
        world.assertThatNoLimitWasBroken();
        assertEquals(0, world.count("""
                SELECT count(*) FROM (SELECT night, endpoint_id FROM census.permit
                                      WHERE signal <> 'not_dialled' GROUP BY night, endpoint_id
                                      HAVING count(*) > 2) AS too_often"""));
    }
}
