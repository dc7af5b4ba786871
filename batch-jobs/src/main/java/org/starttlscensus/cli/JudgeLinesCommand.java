package org.starttlscensus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.starttlscensus.cli.JudgeAnswer.ChainAnswer;
import org.starttlscensus.cli.JudgeAnswer.FaultAnswer;
import org.starttlscensus.lists.BoundedLines;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * What the judging commands share: one case per line in, one answer per line out, in the same order, each flushed at
 * once. A line that cannot be read gets an answer, too, so that answers and lines stay paired.
 */
abstract sealed class JudgeLinesCommand implements Callable<Integer>
        permits JudgeReplyCommand, JudgeChainCommand, JudgeNameCommand, JudgeDaneCommand, JudgeMtaStsCommand {

    private final InputStream in;
    private final int longest;

    @Spec
    private CommandSpec spec;

    /** @param longest the most octets of a line */
    JudgeLinesCommand(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    abstract JudgeAnswer judge(JsonCase given) throws UnreadableCaseException;

    /** The verdict on a case that cannot be read, if there is one. */
    Optional<ChainAnswer> unreadable(String message) {
        return Optional.empty();
    }

    /** @return 0, or 1 if judging a case hit a bug of ours */
    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var lines = new BoundedLines(in, longest);
        var exit = ExitCode.OK;
        while (lines.advance() && !out.checkError()) {
            try {
                print(out, judge(read(lines)));
            } catch (UnreadableCaseException unreadable) {
                var message = Objects.requireNonNull(unreadable.getMessage());
                print(out, new FaultAnswer(unreadable(message), message, lines.number()));
            } catch (RuntimeException | StackOverflowError bug) {
                print(out, new FaultAnswer(Optional.empty(), "a bug in this program: " + bug, lines.number()));
                exit = Faults.BUG;
            }
        }
        return exit;
    }

    private JsonCase read(BoundedLines lines) throws UnreadableCaseException {
        if (lines.isTooLong()) {
            throw new UnreadableCaseException("the line is longer than %,d octets".formatted(longest));
        }
        return JsonCase.of(lines.buffer(), lines.length());
    }

    private static void print(PrintWriter out, JudgeAnswer answer) {
        out.println(Json.write(answer));
        out.flush();
    }
}
