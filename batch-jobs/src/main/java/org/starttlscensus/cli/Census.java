package org.starttlscensus.cli;

import java.util.Locale;
import picocli.CommandLine;

/** The command {@code census}. */
public final class Census {

    private Census() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // figures look alike on every machine
        var census = commandLine();
        Thread.setDefaultUncaughtExceptionHandler((_, bug) -> Faults.showBug(bug, census.getErr()));
        System.exit(census.execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new CensusCommand())
                .setOut(TerminalWriter.on(System.out, System.out.charset()))
                .setErr(TerminalWriter.on(System.err, System.err.charset()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Faults::usage)
                .setExecutionExceptionHandler(Faults::ofExecution);
    }
}
