package org.starttlscensus.cli;

import java.io.PrintStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/**
 * Prints what {@code --help} asks for. Nothing else has colours: no other output could contain an escape sequence that
 * is not a peer's.
 */
final class HelpText {

    /** The launcher sets it if stdout is a terminal that can show colours, and {@code NO_COLOR} is not set. */
    private static final String PROPERTY = "census.colour";

    private final PrintStream out;

    HelpText(PrintStream out) {
        this.out = out;
    }

    /** Whether help was asked for; then it is printed. */
    boolean isPrintedFor(ParseResult parsed) {
        for (var command : parsed.asCommandLineList()) {
            if (!command.isUsageHelpRequested()) continue;
            if (Boolean.getBoolean(PROPERTY)) command.usage(out, Help.defaultColorScheme(Ansi.ON));
            else command.usage(command.getOut());
            return true;
        }
        return false;
    }
}
