package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.publish.DatasetFile;
import org.starttlscensus.publish.DatasetWriter;
import org.starttlscensus.store.RunLock;

/** Opting out by command, and what a check then says. */
class OptOutCommandIT {

    @TempDir
    static Path directory;

    private static CheckedLab world;

    @BeforeAll
    static void open() throws Exception {
        world = CheckedLab.open(directory);
    }

    @AfterAll
    static void close() throws Exception {
        world.close();
    }

    private static List<String> register() {
        return JdbcClient.create(world.database().dataSource())
                .sql("SELECT coalesce(name, text(network)) FROM census.opt_out ORDER BY 1")
                .query(String.class)
                .list();
    }

    @Test
    void whoeverIsLeftOutIsNotChecked() {
        var domain = world.customerOf("bigmail.test", 0);
        var added = world.census("opt-out", "add", domain, "--by", "their postmaster", "--note", "mail of today");
        assertEquals(0, added.exit(), added::all);
        assertTrue(
                added.out().startsWith(domain + " is left out from now on: never called, and in no file."), added::all);
        long queries = world.lab().dns().queryCount();
        var checked = world.census("check", domain);
        assertEquals(2, checked.exit(), checked::all);
        assertTrue(checked.err().contains(domain + ", or a name above it, asked to be left out"), checked::all);
        assertEquals(queries, world.lab().dns().queryCount(), "not even a name is looked up");
        assertTrue(world.census("opt-out", "list").out().contains("told by their postmaster"));
        var wish = Json.MAPPER
                .readTree(world.census("opt-out", "list", "--json").out())
                .get("wishes")
                .get(0);
        assertEquals("mail of today", wish.get("note").asString());
        assertEquals(0, world.census("opt-out", "remove", domain).exit());
        assertEquals(2, world.census("opt-out", "remove", domain).exit());
        assertEquals(0, world.census("check", domain, "--wait", "20").exit());
    }

    @Test
    void aMailHostOfSomebodyElseIsLeftOutByItsOwnName() {
        var domain = world.customerOf("plainmail.test", 1);
        assertEquals(0, world.census("opt-out", "add", "plainmail.test").exit());
        var checked = world.census("check", domain, "--json");
        assertEquals(0, checked.exit(), checked::all);
        Json.MAPPER
                .readTree(checked.out())
                .get("servers")
                .forEach(server ->
                        assertEquals("opted_out", server.get("why_not").asString()));
        assertEquals(0, world.connections("plainmail.test"));
        assertEquals(0, world.census("opt-out", "remove", "plainmail.test").exit());
    }

    @ParameterizedTest
    @CsvSource({
        "Bücher.example, xn--bcher-kva.example",
        "EXAMPLE.org., example.org",
        "*.example.net, example.net",
        "mx_1.example.com, mx_1.example.com",
        "192.0.2.1, 192.0.2.1/32",
        "2001:DB8::/32, 2001:db8::/32"
    })
    void namesAndNetworksAreCanonical(String given, String stored) {
        assertEquals(0, world.census("opt-out", "add", given, "--json").exit());
        assertTrue(register().contains(stored), register()::toString);
        assertEquals(0, world.census("opt-out", "remove", given, "--json").exit());
        assertTrue(!register().contains(stored));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, needs no --yes",
        "2001:db8::/31, needs no --yes",
        "0.0.0.0/0, needs no --yes",
        "co.uk, public suffix",
        "192.0.2.1/24, the network is 192.0.2.0/24",
        "300.1.1.1, is not a network",
        "post@example.org, e-mail",
        "org, top-level",
        "'', expected"
    })
    void whatIsTooWideOrNoNameIsRefused(String given, String words) {
        var before = register();
        var refused = world.census("opt-out", "add", given);
        assertEquals(2, refused.exit(), refused::all);
        assertTrue(refused.err().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT)), refused::all);
        assertEquals(before, register());
    }

    @Test
    void whatIsWideIsLeftOutIfItIsMeant() {
        assertEquals(0, world.census("opt-out", "add", "11.0.0.0/8", "--yes").exit());
        assertEquals(0, world.census("opt-out", "remove", "11.0.0.0/8").exit());
    }

    @Test
    void aTakedownWaitsForWhoeverHoldsTheLock() throws Exception {
        var night = directory.resolve("nights/2026-11-23");
        new DatasetWriter()
                .publish(
                        night,
                        List.of(new DatasetFile("domains.csv", List.of("night", "domain", "provider"), each -> {
                            each.accept(List.of("2026-11-23", "www.taken.example", "x.example"));
                            each.accept(List.of("2026-11-23", "stays.example", "taken.example"));
                        })),
                        LocalDate.EPOCH,
                        "as a test");
        String[] command = {
            "opt-out",
            "add",
            "taken.example",
            "--takedown",
            "--out",
            night.getParent().toString()
        };
        try (var lock = world.database().tryRunLock(RunLock.Holder.RUN).orElseThrow()) {
            var waiting = world.census(command);
            assertEquals(75, waiting.exit(), waiting::all);
            assertTrue(lock.isHeld());
            assertTrue(register().contains("taken.example"), "left out all the same");
        }
        assertEquals(3, Files.readAllLines(night.resolve("domains.csv")).size());
        var done = world.census(command);
        assertEquals(0, done.exit(), done::all);
        assertEquals(
                List.of("night,domain,provider", "2026-11-23,stays.example,"),
                Files.readAllLines(night.resolve("domains.csv")));
        assertTrue(Files.readString(night.resolveSibling("CHANGES.md"))
                .contains("night 2026-11-23: rows left out: 1 of domains.csv"));
        assertEquals(0, world.census(command).exit(), "once more does no harm");
    }

    /** Nights of a lab have a folder of their own, and a takedown with its register never leaves it. */
    @Test
    void aTakedownIsDoneWhereALabPublishes() throws Exception {
        var night = directory.resolve("published/2026-11-23");
        new DatasetWriter()
                .publish(
                        night,
                        List.of(new DatasetFile("domains.csv", List.of("night", "domain"), each -> {
                            each.accept(List.of("2026-11-23", "gone.example"));
                            each.accept(List.of("2026-11-23", "stays.example"));
                        })),
                        LocalDate.EPOCH,
                        "as a test");
        Files.writeString(night.resolve("README.md"), "a note of ours");
        String[] command = {"opt-out", "add", "gone.example", "--takedown", "--json"};
        var skipped = world.census(command);
        assertEquals(5, skipped.exit(), skipped::all);
        assertTrue(skipped.err().contains("it has README.md, which no publish wrote"), skipped::err);
        assertEquals(
                night.toString(),
                Json.MAPPER
                        .readTree(skipped.out())
                        .get("skipped_folders")
                        .get(0)
                        .get("folder")
                        .asString());
        Files.delete(night.resolve("README.md"));
        var done = world.census(command);
        assertEquals(0, done.exit(), done::all);
        assertEquals(
                List.of("night,domain", "2026-11-23,stays.example"), Files.readAllLines(night.resolve("domains.csv")));
    }
}
