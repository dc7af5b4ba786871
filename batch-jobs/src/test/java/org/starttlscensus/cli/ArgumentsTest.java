package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Wrong arguments, and the messages that they lead to. */
class ArgumentsTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "|no command was given",
                "statsu|Did you mean",
                "judge|judge: no command was given",
                "judge replies|Did you mean",
                "run --lists a.csv|--list",
                "run --night 2026-13-01|a night is a date such as 2026-11-23, not \"2026-13-01\"",
                "run --night yesterday|a night is a date",
                "run --night|--night",
                "run --limit many|--limit",
                "run --limit -1|--limit",
                "run --tolerate-malformed lots|--tolerate-malformed",
                "run tranco.csv|--list tranco.csv",
                "run --set census.dns.resolver=127.0.0.1:53|census.dns.resolvers",
                "run --set nonsense|nonsense",
                "run --config nowhere.yaml|nowhere.yaml",
                "run --list domains.csv|safety gate",
                "status --night tonight|a night is a date",
                "explain|explain needs the name of a domain or mail host, or --address IP",
                "explain mx.example.org --address 192.0.2.1|or --address IP",
                "explain --address mx.example.org|is not an IP address",
                "provider|provider: no command was given",
                "provider pause|NAME",
                "explain a..b|neither a domain nor a host name",
                "explain example.org --night 23.11.2026|a night is a date",
            })
    void aMistakeIsExplainedAndExitsWith2(String arguments, String expected) {
        var ran = Terminal.run(arguments == null ? new String[0] : arguments.split(" "));
        assertEquals(2, ran.exit(), ran::all);
        assertTrue(ran.err().contains(expected), ran::err);
        assertEquals("", ran.out());
        assertFalse(ran.err().contains("Exception"), ran::err);
    }

    static Stream<CommandLine> commands() {
        return withSubcommands(Census.commandLine(System.out, System.err));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(ArgumentsTest::withSubcommands));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExamplesThatFitsATerminal(CommandLine command) {
        var help = Terminal.run((command.getCommandSpec().qualifiedName().replaceFirst("^census ?", "") + " --help")
                .strip()
                .split(" "));
        assertEquals(0, help.exit(), help::all);
        assertTrue(help.out().startsWith("Usage: " + command.getCommandSpec().qualifiedName()), help::out);
        assertTrue(help.out().contains("Examples:\n  "), help::out);
        assertTrue(help.out().lines().allMatch(line -> line.length() <= 100), help::out);
        var version =
                Terminal.run((command.getCommandSpec().qualifiedName().replaceFirst("^census ?", "") + " --version")
                        .strip()
                        .split(" "));
        assertTrue(version.out().startsWith("census "), version::all);
    }
}
