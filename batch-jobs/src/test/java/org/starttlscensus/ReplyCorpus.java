package org.starttlscensus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.smtp.ReplyParser;

/** Replies of real mail servers, each with the phase it belongs to and the class it is expected to have. */
public final class ReplyCorpus {

    /**
     * @param text     as it was received, lines separated by a line feed
     * @param reply    empty if no line is a reply line
     * @param expected the class; the corpus has no {@code muted}, {@code stripped}, {@code blocked_suspected}
     */
    public record Row(String id, String text, CallPhase phase, Optional<SmtpReply> reply, String expected) {
        @Override
        public String toString() {
            return id + " " + phase.label() + " " + expected + ": " + text.replace("\n", "\\n");
        }
    }

    private static final Path FILE = Path.of("..", "..", "shared", "vectors", "smtp-replies", "replies.tsv");

    private ReplyCorpus() {}

    /** The corpus. If it is missing, the calling test is skipped with a message. */
    public static List<Row> rows() {
        assumeTrue(Files.exists(FILE), () -> "skipped: " + FILE + " is not there");
        try {
            return of(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The columns are {@code id, code, enhanced, text, provider, phase, expected_class}; the first line names them. */
    public static List<Row> of(String tsv) {
        return tsv.lines()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(columns -> new Row(
                        columns[0],
                        columns[3].replace("\\n", "\n"),
                        phase(columns[5]),
                        reply(columns[3].replace("\\n", "\n")),
                        columns[6]))
                .toList();
    }

    /** The reply in this text, read as in a call. */
    public static Optional<SmtpReply> reply(String text) {
        return ReplyParser.parse(Octets.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static CallPhase phase(String text) {
        return CallPhase.valueOf(text.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
