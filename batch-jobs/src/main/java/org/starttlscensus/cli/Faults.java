package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.Optional;
import org.starttlscensus.job.RefusedNightException;
import org.starttlscensus.lists.MalformedListException;
import org.starttlscensus.machine.MachineFileException;
import org.starttlscensus.machine.MachineTakenException;
import org.starttlscensus.ondemand.OptedOutException;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.publish.PublishException;
import org.starttlscensus.settings.SettingException;
import org.starttlscensus.store.DatabaseFault;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.verdict.TrustStoreUnreadableException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Maps exceptions to exit codes. A fault the operator can mend is one message; only a bug, or {@code --trace}, shows a
 * stack trace.
 */
final class Faults {

    static final int BUG = 1;
    static final int REFUSED = 2;
    /** The night is complete, and nobody has published it. */
    static final int UNPUBLISHED = 3;

    /** What must be true before the first call is not. */
    static final int PREFLIGHT = 4;

    static final int ENVIRONMENT = 5;
    static final int LOCKED = 75;
    /** After a signal the JVM ends with 130 or 143 by itself; this is for whoever runs a command within a program. */
    static final int INTERRUPTED = 130;

    private Faults() {}

    static int usage(ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        command.getErr().println("census: " + Printable.of(message(e)));
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        if (e instanceof UnmatchedArgumentException stray
                && command.getCommandSpec().findOption("--list") != null
                && stray.getUnmatched().stream().noneMatch(word -> word.startsWith("-"))) {
            command.getErr()
                    .println("To give a list, use the option: --list "
                            + Printable.line(stray.getUnmatched().getFirst()));
        }
        command.getErr().printf("Try: %s --help%n", command.getCommandSpec().qualifiedName());
        return REFUSED;
    }

    static int ofExecution(Exception e, CommandLine command, ParseResult parsed) {
        var known = code(root(e));
        var expected = known == BUG ? toMend(e) : Optional.of(message(root(e)));
        if (expected.isEmpty()) {
            showBug(e, command.getErr());
            return BUG;
        }
        command.getErr().println("census: " + Printable.of(expected.get()));
        if (GenericOptions.isTraceWanted()) showTrace(e, command.getErr());
        return known == BUG ? ENVIRONMENT : known;
    }

    private static Optional<String> toMend(Throwable fault) {
        return ofDatabase(fault)
                .map(seen -> seen
                        + ". What was stored is kept. Fix that and start again: the next run continues from there.")
                .or(() -> SystemFault.words(fault).map(seen -> seen + ". What was stored is kept."));
    }

    /** What the database or the operating system refused; empty if neither is at fault. */
    static Optional<String> surroundings(Throwable fault) {
        return ofDatabase(fault).or(() -> SystemFault.words(fault));
    }

    private static Optional<String> ofDatabase(Throwable fault) {
        return DatabaseFault.behind(fault)
                .filter(kind -> switch (kind) {
                    case OUTAGE, SURROUNDINGS -> true;
                    case CONFLICT, DATA, BUG -> false;
                })
                .map(_ -> "the database: " + Printable.line(DatabaseFault.words(fault)));
    }

    private static String message(Throwable fault) {
        return Objects.requireNonNullElseGet(fault.getMessage(), fault::toString);
    }

    static void showBug(Throwable bug, PrintWriter err) {
        err.println("census: a bug in this program. What was stored is kept, and the next run continues from there.");
        showTrace(bug, err);
    }

    private static void showTrace(Throwable fault, PrintWriter err) {
        var trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        err.println(Printable.of(trace.toString().replace("\t", "    ")));
    }

    private static int code(Throwable fault) {
        return switch (fault) {
            case SettingException _,
                    MalformedListException _,
                    RefusedNightException _,
                    RefusedRequestException _,
                    OptedOutException _,
                    MachineTakenException _,
                    TrustStoreUnreadableException _ -> REFUSED;
            case DatabaseException _,
                    PublishException _,
                    UnkeptInputException _,
                    UnwrittenFileException _,
                    MachineFileException _ -> ENVIRONMENT;
            case PreflightRefusedException _ -> PREFLIGHT;
            case FencedException _ -> LOCKED;
            default -> BUG; // any other throwable
        };
    }

    /** The first cause that a person can do something about, however deeply it is wrapped. */
    private static Throwable root(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (code(cause) != BUG) return cause;
        }
        return fault;
    }
}
