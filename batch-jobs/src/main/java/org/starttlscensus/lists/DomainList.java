package org.starttlscensus.lists;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.starttlscensus.fact.Octets;

/** Lists of mail domains, as files. */
public final class DomainList {

    private static final int MOST_EXAMPLES = 5;

    private DomainList() {}

    /**
     * Fixes which edition of a list a night reads.
     *
     * @throws MalformedListException if there is no such file, or nothing in it
     */
    public static PinnedList pin(Path file) {
        try (var octets = open(file)) {
            var pinned = octets.pin();
            if (pinned.bytes() == 0)
                throw MalformedListException.in(
                        file, "an empty file", "a list of domains", MalformedListException.DOWNLOAD_AGAIN);
            return pinned;
        } catch (IOException unreadable) {
            throw refusal(file, unreadable);
        }
    }

    /**
     * Reads a list in one pass and hands over its data lines in their order, one at a time.
     *
     * <p>Whether a list is refused can be known only at its end, so the caller keeps nothing of what it was handed if
     * this throws: it stores the lines in one transaction.
     *
     * @throws MalformedListException if the file is not what was pinned, cannot be read as a list, has no domain, or has
     *                                more bad lines than are tolerated
     */
    public static ListCount read(PinnedList pinned, ListTolerance tolerance, Consumer<ListLine> sink) {
        var file = pinned.file();
        try (var octets = open(file);
                var contents = new UnpackedFile(file, octets)) {
            var tally = new Tally(sink);
            var lines = new BoundedLines(contents, LineReader.MOST_OCTETS);
            var reader = new LineReader();
            while (lines.advance()) {
                if (lines.hasNul()) throw binary(file, lines.number());
                tally.add(lines, reader.read(lines));
            }
            var now = octets.pin();
            if (!now.equals(pinned)) throw changed(pinned, now);
            var count = tally.count();
            if (count.accepted() == 0 || !tolerance.allows(count))
                throw tooManyRejected(file, tolerance, count, tally.examples);
            return count;
        } catch (IOException unreadable) {
            throw refusal(file, unreadable);
        }
    }

    private static PinnedFile open(Path file) throws IOException {
        if (!Files.exists(file)) throw new NoSuchFileException(file.toString());
        if (!Files.isRegularFile(file)) throw new IOException("not a file");
        return new PinnedFile(file);
    }

    /** Hands the lines on, and keeps what the end needs: the numbers and a few examples. */
    private static final class Tally {

        private final Consumer<ListLine> sink;
        private final List<String> examples = new ArrayList<>();
        private long lines;
        private long accepted;
        private long rejected;

        Tally(Consumer<ListLine> sink) {
            this.sink = sink;
        }

        void add(BoundedLines at, LineReader.ReadLine readLine) {
            lines++;
            switch (readLine) {
                case LineReader.ReadLine.WithoutData() -> {}
                case LineReader.ReadLine.DomainLine(var domain, var rank) -> {
                    accepted++;
                    sink.accept(new ListLine.Listed(at.number(), domain, rank));
                }
                case LineReader.ReadLine.Fault(var why) -> {
                    rejected++;
                    var excerpt = at.excerpt(ListLine.Rejected.MOST_EXCERPT);
                    if (examples.size() < MOST_EXAMPLES) examples.add(example(at.number(), why.words(), excerpt));
                    sink.accept(new ListLine.Rejected(at.number(), why, excerpt));
                }
            }
        }

        private static String example(long number, String words, Octets excerpt) {
            return "line " + number + " " + Excerpt.of(excerpt) + ": " + words;
        }

        ListCount count() {
            return new ListCount(lines, accepted, rejected, lines - accepted - rejected);
        }
    }

    private static MalformedListException tooManyRejected(
            Path file, ListTolerance tolerance, ListCount count, List<String> examples) {
        if (count.dataLines() == 0) {
            return MalformedListException.in(
                    file,
                    "not one line of data",
                    "a domain a line, or \"rank,domain\"",
                    MalformedListException.DOWNLOAD_AGAIN);
        }
        return MalformedListException.in(
                file,
                "%,d of %,d lines hold no mail domain (%s)"
                        .formatted(count.rejected(), count.dataLines(), String.join("; ", examples)),
                count.accepted() == 0 ? "at least one that does" : "at most " + tolerance + " of them",
                MalformedListException.DOWNLOAD_AGAIN
                        + (count.accepted() == 0
                                ? ""
                                : " To take the good lines as they are: --tolerate-malformed "
                                        + ListTolerance.leastFor(count)));
    }

    private static MalformedListException binary(Path file, long line) {
        return MalformedListException.at(
                file,
                line,
                "a NUL octet, as in a binary file or UTF-16",
                "text in UTF-8, one domain a line",
                "Give the list as UTF-8 text, plain or packed once as gzip or zip.");
    }

    private static MalformedListException changed(PinnedList pinned, PinnedList now) {
        return MalformedListException.in(
                pinned.file(),
                "a file with SHA-256 " + now.sha256Hex(),
                "the edition that this night began with, SHA-256 " + pinned.sha256Hex(),
                "Put that edition back, or let another night read the new one.");
    }

    private static MalformedListException refusal(Path file, IOException unreadable) {
        var seen = switch (unreadable) {
            case NoSuchFileException _ -> "there is no such file";
            case EOFException _ -> "the compressed file ends too early";
            case ZipException damaged -> "the compressed file is damaged (" + damaged.getMessage() + ")";
            case IOException other -> "the file cannot be read (" + other + ")";
        };
        return MalformedListException.in(
                file,
                seen,
                "a readable list of domains, plain or packed once as gzip or zip",
                "Check the path and its permissions, or fetch the file again and check it against its published SHA-256.");
    }
}
