package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code census help}, and what the help of every command has. */
class HelpCommandTest {

    @ParameterizedTest
    @CsvSource({"help, --help", "help run, run --help", "help provider pause, provider pause --help"})
    void helpOfACommandIsWhatTheCommandPrintsItself(String asked, String same) {
        var help = Terminal.run(asked.split(" "));
        assertEquals(0, help.exit(), help::all);
        assertEquals(Terminal.run(same.split(" ")).out(), help.out());
        assertEquals("", help.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"help statsu", "help provider puase", "help --man statsu"})
    void aCommandThatDoesNotExistIsRefused(String asked) {
        var help = Terminal.run(asked.split(" "));
        assertEquals(2, help.exit(), help::all);
        assertEquals("", help.out());
        assertTrue(help.err().contains(asked.substring(asked.lastIndexOf(' ') + 1)), help::err);
    }

    static Stream<CommandLine> commands() {
        return ArgumentsTest.commands();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theHelpOfEveryCommandHasItsExitCodes(CommandLine command) {
        var help = command.getUsageMessage();
        Stream.of("0", "1", "2", "5", "130, 143")
                .forEach(code -> assertTrue(
                        help.lines().anyMatch(line -> line.strip().startsWith(code + " ")), () -> code + "\n" + help));
        assertTrue(help.contains("--trace"), help);
    }

    @Test
    void theHelpOfCensusHasAllExitCodesOfTheProgram() {
        var help = Terminal.run("--help").out();
        Stream.of("0", "1", "2", "3", "4", "5", "75", "130, 143")
                .forEach(code -> assertTrue(help.contains("\n  " + code + " "), () -> code + "\n" + help));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasAManualPage(CommandLine command) {
        var page = ManPage.of(command.getCommandSpec());
        assertAll(
                () -> assertTrue(page.startsWith(".TH "), page),
                () -> assertTrue(page.contains("\n.SH NAME\n"), page),
                () -> assertTrue(page.contains("\n.SH OPTIONS\n"), page),
                () -> assertTrue(page.contains("\n.SH EXAMPLES\n"), page),
                () -> assertFalse(page.contains("%n"), page),
                () -> assertFalse(page.contains("${"), page),
                () -> assertTrue(HostileText.isHarmless(page.replace("\n", "")), page));
    }

    @Test
    void manualPagesAreWrittenForAllCommands(@TempDir Path directory) throws Exception {
        var pages = directory.resolve("man1");
        var help = Terminal.run("help", "--man-pages", pages.toString());
        assertEquals(0, help.exit(), help::all);
        try (var files = Files.list(pages)) {
            assertEquals(commands().count(), files.count());
        }
        assertEquals(
                Terminal.run("help", "--man", "provider", "pause").out(),
                Files.readString(pages.resolve("census-provider-pause.1")));
    }

    @Test
    void groffReadsAManualPageWithoutAComplaint(@TempDir Path directory) throws Exception {
        var groff = Path.of("/usr/bin/groff");
        assumeTrue(Files.isExecutable(groff), "groff is not installed");
        var page = Files.writeString(
                directory.resolve("run.1"), Terminal.run("help", "--man", "run").out());
        var process = new ProcessBuilder(groff.toString(), "-man", "-ww", "-Tutf8", page.toString())
                .redirectError(directory.resolve("complaints").toFile())
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertEquals("", Files.readString(directory.resolve("complaints")));
        assertTrue(text.contains("census run --list tranco.csv.zip --list panel.txt"), text);
    }

    @Test
    void onlyCommandsThatShowProgressCanBeQuiet() {
        assertTrue(Terminal.run("run", "--help").out().contains("--quiet"));
        assertFalse(Terminal.run("status", "--help").out().contains("--quiet"));
    }
}
