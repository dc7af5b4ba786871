package org.starttlscensus.cli;

import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine;

/** The command {@code census}. */
public final class Census {

    private static final int WIDTH = 100; // if the width of the terminal is unknown

    private Census() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // numbers look the same on every machine
        var census = commandLine(System.out, System.err);
        Thread.setDefaultUncaughtExceptionHandler((_, bug) -> Faults.showBug(bug, census.getErr()));
        int code = census.execute(arguments);
        StopOnSignal.commandIsOver();
        System.exit(code);
    }

    static CommandLine commandLine(PrintStream out, PrintStream err) {
        var census = new CommandLine(new CensusCommand())
                .setOut(TerminalWriter.on(out, out.charset()))
                .setErr(TerminalWriter.on(err, err.charset()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // "@name" is an argument, not a file to read
                .setUsageHelpWidth(WIDTH)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Faults::usage)
                .setExecutionExceptionHandler(Faults::ofExecution);
        setVersionProvider(census);
        return census;
    }

    private static void setVersionProvider(CommandLine command) {
        command.getCommandSpec().versionProvider(new ProgramVersion());
        command.getSubcommands().values().forEach(Census::setVersionProvider);
    }
}
