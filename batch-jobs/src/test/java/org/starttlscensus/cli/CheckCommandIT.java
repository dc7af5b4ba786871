package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Route;
import tools.jackson.databind.JsonNode;

/** Checks of one domain over the lab and an embedded PostgreSQL, while no night runs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckCommandIT {

    @TempDir
    private static Path directory;

    private static CheckedLab world;

    @BeforeAll
    static void open() throws Exception {
        world = CheckedLab.open(directory);
    }

    @AfterAll
    static void close() throws Exception {
        world.close();
    }

    private static JsonNode json(Terminal ran) {
        assertEquals(0, ran.exit(), ran::all);
        return Json.MAPPER.readTree(ran.out());
    }

    @Test
    @Order(1)
    void worksBeforeThereIsANight() {
        var result = world.census("check", world.customerOf("selfmade.test", 0), "--verbose");
        assertEquals(0, result.exit(), result::all);
        assertTrue(result.out().startsWith("Yes, but: "), result::all);
        for (var part : List.of(
                "certificate self-signed (all 2 servers)",
                "called now",
                "STARTTLS   yes",
                "starttls_ok",
                "chain self_signed",
                "issued by ",
                " days left",
                "to do      for senders that check certificates")) {
            assertTrue(
                    result.out().replaceAll("\\s+", " ").contains(part.replaceAll("\\s+", " ")),
                    () -> part + " is not in\n" + result.all());
        }
        assertEquals(2, world.connections("selfmade.test"));
    }

    /** Debian's Postfix cannot use it, so it would be wrong to say that there is nothing to do. */
    @Test
    @Order(2)
    void anOldVersionIsNoPlainYes() {
        var result = world.census("check", world.customerOf("oldisp.test", 0));
        assertTrue(result.out().startsWith("Yes, but: "), result::all);
        assertTrue(result.out().contains("TLS 1.0 only"), result::all);
        assertTrue(result.out().contains("To do: update the TLS library"), result::all);
        var json = json(world.census("check", world.customerOf("oldisp.test", 0), "--json"));
        assertEquals("yes_but", json.get("short_answer").asString());
        assertEquals("tls_1_0", json.get("caveats").get(0).asString());
        assertEquals("TLSv1", json.get("servers").get(0).get("tls_version").asString());
    }

    @Test
    @Order(2)
    void serversThatRefuseStarttlsAreToldAfterOneLook() {
        var json = json(world.census("check", world.customerOf("keylost.test", 0), "--json"));
        assertEquals("yes_but", json.get("short_answer").asString());
        assertTrue(json.get("answer").asString().contains("TLS is not available (454)"), json::toString);
        assertTrue(json.get("starttls_any").isNull(), "one look is no finding");
        assertFalse(json.get("ask_again_at").isNull(), json::toString);
    }

    @Test
    @Order(2)
    void aFailureOfTheDnsIsUnknown() {
        var domain = world.lab().universe().domains().stream()
                .filter(one -> one.route() == Route.DNS_TIMEOUT)
                .findFirst()
                .orElseThrow()
                .domain()
                .ascii();
        var result = world.census("check", domain);
        assertTrue(result.out().startsWith("Unknown: we could not find out where mail to " + domain), result::all);
        assertTrue(result.out().contains("To do: check that every name server"), result::all);
    }

    @Test
    @Order(2)
    void aRecentResultIsUsedAgainWithoutACall() {
        var result = world.census("check", world.customerOf("selfmade.test", 1), "--json");
        json(result).get("servers").forEach(server -> {
            assertEquals("reused", server.get("source").asString());
            assertEquals("starttls_ok", server.get("outcome").asString());
            assertTrue(server.get("starttls").asBoolean());
        });
        assertEquals(2, world.connections("selfmade.test"));
    }

    @Test
    @Order(3)
    void aBlockSaysNothingBadAboutTheServer() {
        var result = world.census("check", world.customerOf("limits.test", 0), "--evidence");
        assertEquals(0, result.exit(), result::all);
        assertTrue(result.out().startsWith("Unknown: we could not find out whether mail to"), result::out);
        assertTrue(result.out().contains("rate_limited: it says that we call too often"), result::out);
        assertTrue(result.out().contains("to do      nothing: this is about our call"), result::out);
        assertTrue(result.out().contains("attempt 1"), result::out);
        assertFalse(result.out().contains("STARTTLS   no"), result::out);
    }

    @Test
    @Order(4)
    void aProviderThatBlocksUsIsReportedAndNotCalled() {
        blockedTonight("fastidious.test", "elsewhere-1", "elsewhere-2");
        var result = json(world.census("check", world.customerOf("fastidious.test", 0), "--json"));
        result.get("servers").forEach(server -> {
            assertEquals("not_called", server.get("source").asString());
            assertEquals("suspended", server.get("why_not").asString());
            assertTrue(server.get("starttls").isNull());
        });
        assertTrue(result.get("starttls_any").isNull());
        assertEquals(0, world.connections("fastidious.test"));
    }

    @Test
    @Order(4)
    void aProviderThatBlockedUsOnEarlierNightsIsNotCalled() {
        JdbcClient.create(world.database().dataSource()).sql("""
                INSERT INTO census.provider_standing (provider, blocked_since, last_blocked, nights)
                VALUES ('denylist.test', '2026-01-01', '2026-01-02', 2)""").update();
        var result = world.census("check", world.customerOf("denylist.test", 0), "--verbose");
        assertEquals(0, result.exit(), result::all);
        assertTrue(
                result.out()
                        .contains("not called: its provider has refused our calls, so we do not call it "
                                + "(it has blocked us since night 2026-01-01)"),
                result::all);
        assertEquals(0, world.connections("denylist.test"));
    }

    /** Also for names of identified providers: an address that blocks us does so whatever it is called. */
    @Test
    @Order(4)
    void anAddressThatBlockedUsOnEarlierNightsIsNotCalled() {
        var census = JdbcClient.create(world.database().dataSource());
        var customer = world.customerOf("plainmail.test", 0);
        for (var address : world.addresses("plainmail.test")) {
            var blocked = """
                    INSERT INTO census.address_standing (address, blocked_since, last_blocked, nights)
                    VALUES (:address::inet, '2026-01-01', '2026-01-02', 2)""";
            census.sql(blocked).param("address", address.toString()).update();
        }
        var result = world.census("check", customer, "--verbose");
        census.sql("DELETE FROM census.address_standing").update();
        assertEquals(0, result.exit(), result::all);
        assertTrue(result.out().contains("its address has blocked us since night 2026-01-01"), result::all);
        assertEquals(0, world.connections("plainmail.test"));
    }

    /** Two servers of the provider have blocked us in this night already. */
    private static void blockedTonight(String provider, String... hosts) {
        var jdbc = JdbcClient.create(world.database().dataSource());
        for (int i = 0; i < hosts.length; i++) {
            jdbc.sql("""
                    WITH host AS (INSERT INTO census.mail_host (name) VALUES (:name) RETURNING mail_host_id),
                    server AS (INSERT INTO census.endpoint (mail_host_id, address)
                               SELECT mail_host_id, :address::inet FROM host RETURNING endpoint_id),
                    asked AS (INSERT INTO census.asked_call (night, endpoint_id, provider, asked_at)
                              SELECT max(night.night), max(endpoint_id), :provider, now() FROM census.night, server)
                    INSERT INTO census.permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before,
                                               started_at, ended_at, closed_at, signal, rule, reception, naming)
                    SELECT (SELECT max(night) FROM census.night), 0, endpoint_id, 1, false, now(),
                           now() + interval '10 s', now(), now(), now(),
                           'blocked_reputation', 'block-word', 'blocked', 'nobody'
                    FROM server""")
                    .param("name", hosts[i] + "." + provider)
                    .param("address", "127.20.99." + (i + 1))
                    .param("provider", provider)
                    .update();
        }
    }

    @Test
    @Order(5)
    void aNameThatIsNotAMailDomainIsRefused() {
        for (var name : List.of("postmaster@example.org", "192.0.2.1", "localhost", "..")) {
            var result = world.census("check", name);
            assertEquals(2, result.exit(), result::all);
            assertTrue(result.err().contains("is not a mail domain"), result::err);
        }
    }

    @Test
    @Order(6)
    void aDomainWithoutMailServersIsToldAsSuch() {
        var result = world.census("check", "no-such-domain-anywhere.test");
        assertEquals(0, result.exit(), result::all);
        assertTrue(result.out().startsWith("No mail server: no-such-domain-anywhere.test: "), result::out);
        assertTrue(result.out().contains("To do: check the spelling"), result::out);
    }

    @Test
    @Order(7)
    void noLimitWasBroken() {
        world.assertThatNoLimitWasBroken();
    }
}
