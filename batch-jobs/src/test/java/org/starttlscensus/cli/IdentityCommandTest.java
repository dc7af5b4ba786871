package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code census identity}: what is said, and what is written. */
class IdentityCommandTest {

    private static final List<String> SETTINGS = List.of(
            "census.source-addresses=192.0.2.1=census.example.org,2001:db8::1=census.example.org",
            "census.identity.contact=mailto:census@example.org",
            "census.identity.page=https://www.example.org/census/");

    @TempDir
    Path directory;

    private static Terminal run(List<String> settings, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        settings.forEach(setting -> all.addAll(List.of("--set", setting)));
        return Terminal.run(all.toArray(String[]::new));
    }

    @Test
    void saysWhatBelongsWhere() {
        var ran = run(SETTINGS, "identity");
        assertEquals(0, ran.exit(), ran::all);
        assertTrue(
                ran.out().contains("  192.0.2.1                                EHLO census.example.org\n"), ran::out);
        assertTrue(ran.out().contains("https://www.example.org/census/sources.json\n"), ran::out);
        assertEquals(
                2,
                ran.out().split("https://census.example.org/.well-known/probing.txt\n", -1).length,
                "one file for one name: " + ran.out());
    }

    @Test
    void writesAllFilesAndReplacesNoneUnasked() throws IOException {
        var folder = directory.resolve("www");
        String[] write = {"identity", "write", "--operator", "Example University", "--out", folder.toString()};
        var ran = run(SETTINGS, write);
        assertEquals(0, ran.exit(), ran::all);
        try (var files = Files.walk(folder)) {
            assertEquals(
                    new TreeSet<>(List.of(
                            ".well-known/probing.txt",
                            ".well-known/security.txt",
                            "index.html",
                            "not-served/letter-to-postmasters.txt",
                            "not-served/lists/README.txt",
                            "not-served/lists/addresses_v4.txt",
                            "not-served/lists/addresses_v6.txt",
                            "not-served/lists/mass_scanner.txt",
                            "not-served/lists/misp-warninglist.json",
                            "sources.json")),
                    files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        var sources = Json.MAPPER.readTree(Files.readString(folder.resolve("sources.json")));
        assertEquals("2001:db8::1", sources.get("sources").get(1).get("address").asString());
        assertEquals(25, sources.get("port").asInt());
        var list = Json.MAPPER.readTree(Files.readString(folder.resolve("not-served/lists/misp-warninglist.json")));
        assertEquals("cidr", list.get("type").asString());
        assertTrue(list.has("matching_attributes"), list::toString);

        var again = run(SETTINGS, write);
        assertEquals(2, again.exit(), again::all);
        assertTrue(again.err().contains("--replace"), again::err);
        Files.writeString(folder.resolve("index.html"), "mine");
        var replacing = new ArrayList<>(List.of(write));
        replacing.add("--replace");
        assertEquals(0, run(SETTINGS, replacing.toArray(String[]::new)).exit());
        assertTrue(Files.readString(folder.resolve("index.html")).startsWith("<!DOCTYPE html>"));
    }

    @ParameterizedTest
    @CsvSource({"0, census.source-addresses", "1, census.identity.contact", "2, census.identity.page"})
    void whatIsNotSetIsRefusedByItsKey(int left, String key) {
        var settings = new ArrayList<>(SETTINGS);
        settings.remove(left);
        for (var command : List.of(
                List.of("identity"),
                List.of(
                        "identity",
                        "write",
                        "--operator",
                        "E",
                        "--out",
                        directory.resolve("w").toString()))) {
            var ran = run(settings, command.toArray(String[]::new));
            assertEquals(2, ran.exit(), ran::all);
            assertTrue(ran.err().contains(key + " is not set"), ran::err);
        }
    }

    @Test
    void anOperatorOfTwoLinesIsRefused() {
        var ran = run(
                SETTINGS,
                "identity",
                "write",
                "--operator",
                "two\nlines",
                "--out",
                directory.resolve("w").toString());
        assertEquals(2, ran.exit(), ran::all);
        assertTrue(ran.err().contains("one line of 1 to 200 characters"), ran::err);
    }

    @Test
    void checkSaysWhatDiffers() {
        var ran = run(SETTINGS, "identity", "check", "--json");
        assertEquals(4, ran.exit(), ran::all);
        assertTrue(ran.out().contains("census.dns.resolvers is not set"), ran::out);
        assertTrue(ran.out().contains("it cannot be fetched"), ran::out);
    }
}
