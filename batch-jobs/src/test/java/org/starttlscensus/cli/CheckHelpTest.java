package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The help of {@code census check} says how a script tells yes from no, and what it says works. */
class CheckHelpTest {

    @TempDir
    private Path directory;

    @Test
    void itsExampleForScriptsPrintsTheAnswerOfTheDomain() throws Exception {
        var help = Terminal.run("check", "--help");
        assertTrue(help.out().contains("also no, and unknown"), help::out);
        var example = help.out()
                .lines()
                .filter(line -> line.contains("grep -o"))
                .map(String::strip)
                .findFirst()
                .orElseThrow();
        // as JSON has it: of the domain first, then of each server
        var json = Files.writeString(directory.resolve("json"), """
                {"domain":"a.test","answer":"Yes, but: \\"x\\"","short_answer":"yes_but","servers":[{"short_answer":"no"}]}
                """);
        var ran = new ProcessBuilder(
                        "sh", "-c", example.replace("census check example.org --json", "cat '" + json + "'"))
                .redirectErrorStream(true)
                .start();
        var said = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, ran.waitFor(), said);
        assertEquals("\"short_answer\":\"yes_but\n", said);
    }
}
