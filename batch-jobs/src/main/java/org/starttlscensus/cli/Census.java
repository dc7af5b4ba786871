package org.starttlscensus.cli;

import java.util.Locale;
import picocli.CommandLine;

/** The command {@code census}. */
public final class Census {

    private Census() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // figures look alike on every machine
        int code = commandLine().execute(arguments);
        StopOnSignal.commandIsOver();
        System.exit(code);
    }

    static CommandLine commandLine() {
        return new CommandLine(new CensusCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Faults::usage)
                .setExecutionExceptionHandler(Faults::ofExecution);
    }
}
