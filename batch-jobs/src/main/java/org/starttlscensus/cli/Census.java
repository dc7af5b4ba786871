package org.starttlscensus.cli;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** The command {@code census}. */
public final class Census {

    private static final int WIDTH = 100; // if the width of the terminal is unknown

    private Census() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // numbers look the same on every machine
        GenericOptions.readTrace(List.of(arguments));
        if (StampedLines.areWanted()) System.setErr(StampedLines.on(System.err, InstantSource.system()));
        var stdout = StandardOutput.ofProcess();
        var census = commandLine(new PrintStream(stdout, true, System.out.charset()), System.err);
        Thread.setDefaultUncaughtExceptionHandler((_, bug) -> Faults.showBug(bug, census.getErr()));
        int code = ended(census, stdout, census.execute(arguments));
        StopOnSignal.commandIsOver();
        System.exit(code);
    }

    /** A result that could not be written is not there for whoever reads it. */
    static int ended(CommandLine census, StandardOutput stdout, int code) {
        census.getOut().flush();
        var failure = stdout.failure();
        failure.ifPresent(words -> census.getErr()
                .println("census: the output could not be written whole: %s".formatted(Printable.line(words))));
        return code == CommandLine.ExitCode.OK && failure.isPresent() ? Faults.ENVIRONMENT : code;
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
        var help = new HelpText(out);
        census.setExecutionStrategy(
                parsed -> help.isPrintedFor(parsed) ? 0 : new CommandLine.RunLast().execute(parsed));
        complete(census);
        return census;
    }

    /** Adds what all commands have. */
    private static void complete(CommandLine command) {
        command.getCommandSpec().versionProvider(new ProgramVersion());
        GenericOptions.addTo(command);
        ExitCodes.addTo(command);
        command.getSubcommands().values().forEach(Census::complete);
    }
}
