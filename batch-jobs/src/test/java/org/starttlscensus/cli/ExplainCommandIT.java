package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;

/** From the database to the terminal; all servers of that night but the first two are hostile. */
class ExplainCommandIT {

    private static final int AT_ONCE = 12;

    @TempDir
    static Path directory;

    private static Database database;
    private static int servers;

    @BeforeAll
    static void storeANight() {
        database = EmptyDatabase.in(directory.resolve("pg"));
        var seen = new ArrayList<Observation>();
        seen.add(Observations.ended(CallPhase.BANNER, Ending.REPLIED)
                .banner("554 5.7.1 Your address is on our blocklist")
                .build());
        seen.add(HostileServer.seen(StoredNight.endpoint(1), List.of("mx1.example.net")));
        HostileText.sequences().stream()
                .gather(Gatherers.windowFixed(AT_ONCE))
                .forEach(some -> seen.add(HostileServer.seen(StoredNight.endpoint(seen.size()), some)));
        // Replies that match no rule, which status lists; the last one often enough to come first.
        HostileText.sequences().stream()
                .gather(Gatherers.windowFixed(AT_ONCE))
                .forEach(some -> seen.add(unknown(String.join(" ", some))));
        IntStream.range(0, 3).forEach(_ -> seen.add(unknown("wherever you go")));
        servers = seen.size();
        StoredNight.store(database, seen);
    }

    private static Observation unknown(String words) {
        return Observations.replied(
                        CallPhase.EHLO, "555 " + HostileText.octets(words).replaceAll("[\r\n]", ""))
                .build();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Terminal run(String... arguments) {
        return Terminal.run(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--set", "census.database.directory=" + directory.resolve("pg")))
                .toArray(String[]::new));
    }

    @Test
    void aBlockIsExplainedAndIsNoNo() {
        var result = run("explain", "D0.Example.ORG.");
        assertEquals(0, result.exit(), result::all);
        for (var part : List.of(
                "d0.example.org, night 2026-11-23",
                "panel (rank 1)",
                "MX 10      mx0.example.net  192.0.2.1",
                "a primary, to be called",
                "554 5.7.1 Your address is on our blocklist",
                "then         not called again: the night made no call to it from 2026-11-23T22:30:00Z on",
                "blocked_reputation",
                "blocked: it refuses us",
                "at least one host (any)        unknown",
                "The night is not complete")) {
            assertTrue(result.out().contains(part), () -> part + " is not in\n" + result.out());
        }
    }

    @Test
    void tlsAndCertificateAreShown() {
        var result = run("explain", "mx1.example.net");
        assertEquals(0, result.exit(), result::all);
        for (var part : List.of(
                "Mail host mx1.example.net, night 2026-11-23",
                "TLSv1.3, TLS_AES_128_GCM_SHA256, x25519",
                "CN=mx1.example.net",
                "self_signed: the certificate is self-signed",
                "name         match",
                "; revoked by its stapled response",
                "STARTTLS   yes",
                "but        certificate self-signed. To do: for senders that check certificates:")) {
            assertTrue(result.out().contains(part), () -> part + " is not in\n" + result.out());
        }
    }

    @Test
    void aDnsFaultSaysNothingAboutTheDomain() {
        assertTrue(run("explain", StoredNight.domain(servers).ascii())
                .out()
                .contains("dns_timeout: the DNS did not answer in time tonight"));
        assertTrue(run("explain", StoredNight.domain(servers + 1).ascii())
                .out()
                .contains("lost.example.net  the DNS gave no usable answer tonight"));
        assertTrue(run("explain", "lost.example.net")
                .out()
                .contains("lost.example.net  the DNS gave no usable answer tonight"));
        var without = run("explain", StoredNight.domain(servers + 2).ascii());
        assertTrue(without.out().contains("null_mx: it has a null MX, so it accepts no mail"), without::all);
        assertTrue(without.out().contains("not in this night"), without::all);
    }

    @Test
    void jsonHasTheSameFacts() {
        var result = Json.MAPPER.readTree(run("explain", "d1.example.org", "--night", "2026-11-23", "--json")
                .out());
        var server = result.get("hosts").get(0).get("servers").get(0);
        assertEquals("mx", result.get("route").asString());
        assertTrue(result.get("verdict").get("starttls_any").asBoolean());
        assertEquals("starttls_ok", server.get("verdict").get("outcome").asString());
        assertTrue(server.get("verdict").get("revoked").asBoolean());
        assertEquals("TLSv1.3", server.get("attempts").get(0).get("tls_version").asString());
        assertEquals("self_signed", server.get("attempts").get(0).get("chain").asString());
        assertTrue(server.get("attempts").get(0).get("helo").isNull());
        assertTrue(Json.MAPPER
                .readTree(run("explain", "d0.example.org", "--json").out())
                .get("verdict")
                .get("starttls_any")
                .isNull());
    }

    @Test
    void callsToAnAddressAreShownWithTheirReasons() {
        var result = run("explain", "--address", "192.0.2.1");
        assertEquals(0, result.exit(), result::all);
        for (var part : List.of(
                "192.0.2.1 in night 2026-11-23",
                "provider    example.net",
                "network     192.0.2.0/24",
                "now         example.net is not called ",
                "connections 1",
                "mx0.example.net: it refused us because of our address or reputation",
                "mx0.example.net is a mail host of 1 listed domain",
                "d0.example.org on panel (rank 1)",
                "554 5.7.1 Your address is on our blocklist")) {
            assertTrue(result.out().contains(part), () -> part + " is not in\n" + result.out());
        }
        var json = Json.MAPPER.readTree(
                run("explain", "--address", "192.0.2.1", "--json").out());
        assertEquals(
                "blocked_reputation",
                json.get("connections").get(0).get("signal").asString());
        assertEquals(
                "d0.example.org",
                json.get("names").get(0).get("examples").get(0).get("domain").asString());
    }

    @Test
    void anAddressThatWasNotCalledIsReported() {
        for (var arguments : List.of(
                "--address 192.0.2.250",
                "--address 192.0.2.1 --night 2026-11-22",
                "--address mx0.example.net",
                "",
                "d0.example.org --address 192.0.2.1")) {
            var result = run(("explain " + arguments).strip().split(" "));
            assertEquals(2, result.exit(), result::all);
            assertEquals("", result.out());
        }
    }

    @Test
    void unknownResultsAreReportedAsUnknown() {
        for (var arguments :
                List.of("nowhere.example", "d0.example.org --night 2026-11-22", "_underscore.example.net")) {
            var result = run(("explain " + arguments).split(" "));
            assertEquals(2, result.exit(), result::all);
            assertEquals("", result.out());
            assertTrue(result.err().contains("night"), result::err);
        }
    }

    /** Ten servers at a time, because opening the database is slow. */
    @Test
    void noControlCharacterOfAServerReachesTheTerminal() {
        for (int group = 0; group < StoredNight.groups(servers); group++) {
            for (var asked : List.of(
                    List.of(StoredNight.shared(group).ascii()),
                    List.of("--address", StoredNight.address(group).toString()))) {
                for (var format : List.of(List.<String>of(), List.of("--json"))) {
                    var result = run(Stream.of(List.of("explain"), asked, format)
                            .flatMap(List::stream)
                            .toArray(String[]::new));
                    assertEquals(0, result.exit(), result::all);
                    assertTrue(
                            result.out().contains("before ") || result.out().contains("wherever you go"), result::out);
                    assertTrue(HostileText.isHarmless(result.all()), () -> Printable.of(result.all()));
                }
            }
        }
    }

    @Test
    void repliesThatMatchNoRuleAreListedByStatus() {
        var status = run("status");
        assertTrue(status.out().contains("3 x at ehlo      mx"), status::out);
        assertTrue(status.out().contains(": 555 wherever you go"), status::out);
        assertTrue(status.out().contains("more; up to 1,000 with --json"), status::out);
        assertTrue(HostileText.isHarmless(status.all()), () -> Printable.of(status.all()));
        var json = run("status", "--json");
        assertTrue(HostileText.isHarmless(json.all()), () -> Printable.of(json.all()));
        var result = Json.MAPPER.readTree(json.out());
        assertEquals(
                result.get("unknown_reply_texts").asInt(),
                result.get("unknown_replies").size());
        assertEquals(
                "555 wherever you go",
                result.get("unknown_replies").get(0).get("reply").asString());
        assertEquals(3, result.get("unknown_replies").get(0).get("calls").asInt());
    }
}
