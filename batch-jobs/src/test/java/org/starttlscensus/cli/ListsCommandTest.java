package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code census lists} and the words of {@code census lists fetch}. What is fetched is the subject of ListFetchIT. */
class ListsCommandTest {

    @TempDir
    Path folder;

    @Test
    void saysWhatAListIsAndHowOld() throws IOException {
        var file = Files.writeString(folder.resolve("top_2026-11-29.csv"), "1,example.org\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-29T06:00:00Z")));
        var list = ListJson.of(file, true, Instant.parse("2026-11-30T06:00:00Z"));
        assertEquals("top", list.listId());
        assertEquals(Optional.of(86_400L), list.ageSeconds());
        assertEquals(Optional.of(14L), list.bytes());
        assertEquals(Optional.empty(), list.url());
    }

    @Test
    void namesListsInTheOrderOfTheSettingsAndThoseThatAreMissing() throws IOException {
        var file = Files.writeString(folder.resolve("b.csv"), "1,example.org\n");
        var gone = folder.resolve("a.csv");
        for (var json : new boolean[] {false, true}) {
            var lists = "census.lists=%s,%s".formatted(file, gone);
            var ran = json ? Terminal.run("lists", "--json", "--set", lists) : Terminal.run("lists", "--set", lists);
            assertEquals(0, ran.exit(), ran::all);
            assertTrue(ran.out().indexOf("b.csv") < ran.out().indexOf("a.csv"), ran::out);
            assertTrue(ran.out().contains("b.csv"), ran::out);
        }
        var ran = Terminal.run("lists", "--set", "census.lists=" + gone);
        assertTrue(
                ran.out().contains(gone + " (a run reads it)\n  there is no such file, so a run would be refused"),
                ran::out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alexa | neither tranco, crux nor an https URL",
                "http://lists.example.org/a.csv | lists are fetched by https only",
                "https://u:secret@lists.example.org/a.csv | it has a user or password",
                "https://lists.example.org/ | is no name for a list's file",
            })
    void refusesOtherSources(String source, String words) {
        var ran = Terminal.run("lists", "fetch", source);
        assertEquals(2, ran.exit(), ran::all);
        assertTrue(ran.err().contains(words), ran::all);
        assertFalse(ran.all().contains("secret"), ran::all);
    }

    @Test
    void refusesAChecksumThatIsNone() {
        var ran = Terminal.run("lists", "fetch", "tranco", "--sha256", "abc");
        assertEquals(2, ran.exit(), ran::all);
        assertTrue(ran.err().contains("expected 64 hexadecimal digits"), ran::all);
        var two = Terminal.run("lists", "fetch", "tranco", "crux", "--name", "a.csv");
        assertEquals(2, two.exit(), two::all);
    }

    /** Outside a lab this machine is no place for a list. Nothing is connected to, so nothing listens here. */
    @ParameterizedTest
    @CsvSource({"https://127.0.0.1:9/a.csv", "https://localhost:9/a.csv", "https://169.254.169.254/a.csv"})
    void callsNoSpecialAddress(String url) {
        var ran = Terminal.run("lists", "fetch", url);
        assertEquals(5, ran.exit(), ran::all);
        assertTrue(ran.err().contains("may not be called: "), ran::all);
        assertTrue(ran.err().contains("Nothing was changed: there is no earlier edition."), ran::all);
    }
}
