package org.starttlscensus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.ExitCode;

/**
 * One case a line in, one answer a line out, in their order, each at once. A line that cannot be read is answered too, so
 * that answers and lines never lose each other, and the next is read as if nothing had been.
 */
final class JsonLines {

    /** Answers one case: keys and values of a JSON object. */
    interface Judge {
        Map<String, ?> judge(JsonCase given) throws UnreadableCaseException;

        /** What can be said of a case that cannot be read, beside that. */
        default Map<String, ?> unreadable(String words) {
            return Map.of();
        }
    }

    private JsonLines() {}

    /**
     * @param longest octets of a line
     * @return 0; or 1 if judging a case met with a bug of ours
     */
    static int answer(InputStream in, PrintWriter out, int longest, Judge judge) throws IOException {
        var lines = new InputLines(in, longest);
        var exit = ExitCode.OK;
        for (var line = lines.next(); line.isPresent() && !out.checkError(); line = lines.next()) {
            Map<String, ?> answer;
            try {
                var octets = line.get().octets().orElseThrow(
                        () -> new UnreadableCaseException("the line is longer than %,d octets".formatted(longest)));
                answer = judge.judge(JsonCase.of(octets));
            } catch (UnreadableCaseException unreadable) {
                var words = Objects.requireNonNull(unreadable.getMessage());
                answer = error(judge.unreadable(words), words, line.get().number());
            } catch (RuntimeException | StackOverflowError bug) {
                answer = error(Map.of(), "a bug of ours: " + bug, line.get().number());
                exit = Faults.BUG;
            }
            out.println(Json.write(answer));
            out.flush();
        }
        return exit;
    }

    private static Map<String, Object> error(Map<String, ?> verdict, String words, long line) {
        var error = new LinkedHashMap<String, Object>(verdict);
        error.put("error", words);
        error.put("line", line);
        return error;
    }
}
