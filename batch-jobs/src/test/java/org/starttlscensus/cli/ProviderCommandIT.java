package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.OperatorOverrides;

/** What providers saw, and the operator's overrides. The stored night has one provider, {@code example.net}. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProviderCommandIT {

    @TempDir
    static Path directory;

    private static Database database;

    @BeforeAll
    static void storeANight() {
        database = EmptyDatabase.in(directory.resolve("pg"));
        StoredNight.store(
                database,
                List.of(
                        Observations.ended(CallPhase.BANNER, Ending.REPLIED)
                                .banner("421 4.7.0 too many connections from your address")
                                .build(),
                        Observations.ended(CallPhase.BANNER, Ending.REPLIED)
                                .banner("450 4.7.1 Greylisted, try again later")
                                .build(),
                        Observations.ended(CallPhase.BANNER, Ending.REPLIED)
                                .banner("450 4.7.1 Greylisted, try again later")
                                .build()));
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
    @Order(0)
    void callsOfEachProviderAreListed() {
        var result = run("provider", "list");
        assertEquals(0, result.exit(), result::all);
        assertTrue(
                result.out().matches("(?s).*example\\.net +3 +3 +0 +0  .*greylisted 2, rate_limited 1.*"), result::out);
        var json = Json.MAPPER
                .readTree(run("provider", "list", "--json").out())
                .get("providers")
                .get(0);
        assertEquals("example.net", json.get("provider").asString());
        assertEquals(3, json.get("calls").asInt());
        assertEquals(2, json.get("answers").get("greylisted").asInt());
        assertTrue(json.get("word").isNull());
    }

    @Test
    @Order(2)
    void aNameThatNoPlanKnowsIsRefusedUnlessSaidInAdvance() {
        var refused = run("provider", "pause", "exmaple.net");
        assertEquals(2, refused.exit());
        assertTrue(refused.err().contains("exmaple.net") && refused.err().contains("--in-advance"), refused::err);
        assertEquals(List.of(), new OperatorOverrides(database).latest());
        assertEquals(
                0, run("provider", "pause", "later.example", "--in-advance").exit());
        assertEquals(2, run("provider", "pause", "not a name").exit());
        assertEquals(2, run("provider", "pause").exit());
        assertEquals(2, run("provider").exit());
    }

    @Test
    @Order(3)
    void theLastOverrideCountsAndEachIsKept() {
        assertEquals(
                0,
                run("provider", "pause", "Example.NET", "--reason", "they wrote \u001b[31mto us")
                        .exit());
        var overrides = new OperatorOverrides(database);
        assertTrue(overrides.paused().contains("example.net"));
        var listed = run("provider", "list");
        assertTrue(listed.out().contains("paused; pause by " + System.getProperty("user.name")), listed::out);
        assertTrue(listed.out().contains("they wrote \\x1B[31mto us"), listed::out);
        assertTrue(HostileText.isHarmless(listed.all()), listed::all);
        assertEquals(0, run("provider", "resume", "example.net").exit());
        assertFalse(overrides.paused().contains("example.net"));
        assertEquals(
                List.of("PAUSE", "PAUSE", "RESUME"),
                overrides.after(0).stream()
                        .map(override -> override.overrideKind().name())
                        .toList());
        assertEquals(
                "resume",
                Json.MAPPER
                        .readTree(run("provider", "list", "--json").out())
                        .get("providers")
                        .get(0)
                        .get("word")
                        .get("word")
                        .asString());
    }

    @Test
    @Order(4)
    void noTextIsEverChanged() {
        var jdbc = JdbcClient.create(database.dataSource());
        for (var change : List.of("UPDATE provider_word SET reason = 'another'", "DELETE FROM provider_word")) {
            assertThrows(DataAccessException.class, () -> jdbc.sql(change).update(), change);
        }
        assertEquals(3, new OperatorOverrides(database).after(0).size());
    }

    /** A reason may quote text of others, and another program may have written the names in the database. */
    @Test
    @Order(6)
    void noControlCharacterOfAnOverrideReachesTheTerminal() {
        var overrides = new OperatorOverrides(database);
        for (var sequence : HostileText.sequences()) {
            var reason = sequence.replace("\0", "");
            overrides.add(
                    "hostile%d.example".formatted(overrides.after(0).size()),
                    OperatorOverride.OverrideKind.PAUSE,
                    StoredNight.NOW,
                    reason,
                    Optional.of(reason));
        }
        for (var some : HostileText.sequences().stream()
                .gather(Gatherers.windowFixed(20))
                .map(some -> String.join(" ", some))
                .toList()) {
            harmless(
                    0,
                    "provider",
                    some.length() % 2 == 0 ? "pause" : "resume",
                    "example.net",
                    "--reason",
                    some.substring(0, Math.min(500, some.length())));
        }
        for (var format : List.of(List.<String>of(), List.of("--json"), List.of("--all"), List.of("--all", "--json"))) {
            var result = harmless(
                    0,
                    Stream.concat(Stream.of("provider", "list"), format.stream())
                            .toArray(String[]::new));
            assertTrue(result.contains("hostile7.example") && result.contains("before "), result);
        }
    }

    private static String harmless(int exit, String... arguments) {
        var result = run(arguments);
        assertEquals(exit, result.exit(), result::all);
        assertTrue(HostileText.isHarmless(result.all()), () -> Printable.of(result.all()));
        return result.out();
    }

    @Test
    @Order(5)
    void aReasonHasBounds() {
        assertEquals(
                2,
                run("provider", "pause", "example.net", "--reason", "x".repeat(501))
                        .exit());
        assertEquals(2, run("provider", "list", "--night", "2026-11-22").exit());
    }

    @ParameterizedTest
    @Order(7)
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "override, by a line of the providers file",
                "pool, \"by a line of the providers file, for servers that customers run\"",
                "cname, by the registrable domain of the name that the host is an alias of",
                "psl, by the registrable domain of the host",
                "prefix, \"by other hosts in its network, because the host has its customer's name\"",
                "net, \"by its network, because the host has its customer's name, or none\""
            })
    void theSourceOfTheProviderIsShown(String source, String words) {
        JdbcClient.create(database.dataSource())
                .sql("""
                UPDATE census.planned_call SET provider_source = :source
                WHERE endpoint_id IN (SELECT endpoint_id FROM census.endpoint JOIN census.mail_host USING (mail_host_id)
                                      WHERE mail_host.name = 'mx0.example.net')""")
                .param("source", source)
                .update();
        var result = run("explain", "mx0.example.net");
        assertTrue(result.out().contains("provider   example.net (" + words + ")\n"), result::all);
    }

    /** Where addresses are charged themselves, those that were left alone stand below their network. */
    @Test
    @Order(1)
    void addressesThatWereLeftAloneAreListedBelowTheirNetwork() {
        JdbcClient.create(database.dataSource())
                .sql("UPDATE census.planned_call SET provider_source = 'net', mail_sets = ARRAY[endpoint_id]")
                .update();
        var addresses = Json.MAPPER
                .readTree(run("provider", "list", "--json").out())
                .get("providers")
                .get(0)
                .get("addresses");
        assertEquals(1, addresses.size());
        assertEquals(1, addresses.get(0).get("suspensions").asInt());
        var text = run("provider", "list").out();
        assertTrue(text.contains("\n    " + addresses.get(0).get("ip").asString() + " "), text);
        var explained = run("explain", "--address", addresses.get(0).get("ip").asString());
        assertTrue(explained.out().contains("counts for this address only"), explained::all);
    }
}
