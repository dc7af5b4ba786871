package org.starttlscensus.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The options that many commands have, each with one meaning. They are added here, not in each command. */
final class GenericOptions {

    private static final String TRACE = "--trace";
    private static final String QUIET = "--quiet";
    private static final String TRACE_PROPERTY = "census.trace";

    /** The commands that show how far they are. */
    private static final Set<String> WITH_PROGRESS = Set.of("run", "demo", "check", "simulate", "reassess");

    private GenericOptions() {}

    static void addTo(CommandLine command) {
        if (WITH_PROGRESS.contains(command.getCommandName())) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder(QUIET)
                            .description("Show no progress. Warnings, faults and the result are printed.")
                            .build());
        }
        command.getCommandSpec()
                .addOption(OptionSpec.builder(TRACE)
                        .description("With a fault, print where in the program it happened, for its developers.")
                        .build());
    }

    static boolean isQuiet(CommandLine command) {
        return command.getParseResult() != null && command.getParseResult().hasMatchedOption(QUIET);
    }

    /** Before anything can fail. The log has no command that it could ask, so this is a property of the process. */
    static void readTrace(List<String> arguments) {
        if (arguments.contains(TRACE)) System.setProperty(TRACE_PROPERTY, "true");
    }

    static boolean isTraceWanted() {
        return Boolean.getBoolean(TRACE_PROPERTY);
    }
}
