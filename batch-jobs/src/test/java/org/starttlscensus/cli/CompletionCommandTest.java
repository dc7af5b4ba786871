package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script, in a real bash. */
class CompletionCommandTest {

    private static final Path ZSH = Path.of("/usr/bin/zsh");

    /** As bash does when Tab is pressed behind the last word. */
    private static final String PRESS_TAB = """
            set -u
            . "$1"; shift
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMP_TYPE=9
            function=$(complete -p census | sed 's/.*-F \\([^ ]*\\).*/\\1/')
            "$function" census "${COMP_WORDS[COMP_CWORD]}" "" 2>/dev/null
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @ParameterizedTest
    @CsvSource({
        "census sta, status",
        "census comp, completion",
        "census provider pa, pause",
        "census run --if, --if-needed",
        "census run --qu, --quiet",
        "census completion b, bash",
        "census completion z, zsh"
    })
    void completes(String typed, String expected, @TempDir Path directory) throws Exception {
        var script = Files.writeString(
                directory.resolve("census"), Terminal.run("completion", "bash").out());
        var command = new ArrayList<>(List.of("bash", "-c", PRESS_TAB, "tab", script.toString()));
        command.addAll(Arrays.asList(typed.split(" ")));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var offered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), offered);
        assertTrue(offered.lines().anyMatch(expected::equals), () -> typed + " offers: " + offered);
    }

    /** As {@code source <(census completion zsh)} in a zsh without any settings; Tab calls what is printed. */
    @Test
    void servesZsh(@TempDir Path directory) throws Exception {
        assumeTrue(Files.isExecutable(ZSH), "zsh is not installed");
        var script = Files.writeString(
                directory.resolve("census"), Terminal.run("completion", "zsh").out());
        var process = new ProcessBuilder(
                        ZSH.toString(),
                        "-fc",
                        "source \"$1\" && print -r -- \"$_comps[census]\"",
                        "zsh",
                        script.toString())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains("-F _complete_census"), said);
    }

    @Test
    void anotherShellIsRefusedWithThoseThatAreKnown() {
        var ran = Terminal.run("completion", "fish");
        assertEquals(2, ran.exit(), ran::all);
        assertTrue(ran.err().contains("[BASH, ZSH]"), ran::err);
        assertEquals(2, Terminal.run("completion").exit());
    }
}
