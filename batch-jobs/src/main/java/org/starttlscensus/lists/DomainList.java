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

/** Reads files that list mail domains. */
public final class DomainList {

    private static final int MOST_EXAMPLES = 5;

    private DomainList() {}

    /**
     * Determines the SHA-256 and the size of the list that a night reads.
     *
     * @throws MalformedListException if the file does not exist or is empty
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
     * Reads a list in one pass and passes its data lines to the sink, in order and one at a time.
     *
     * <p>A list may be refused only at its end. The caller must then discard all lines, so it stores them in one
     * transaction.
     *
     * @throws MalformedListException if the file differs from the pinned one, cannot be read as a list, has no domain,
     *                                or has more malformed lines than are tolerated
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

    /** Passes lines to the sink, counts them, and keeps a few malformed lines as examples. */
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
                    if (examples.size() < MOST_EXAMPLES) examples.add(example(at.number(), why.description(), excerpt));
                    sink.accept(new ListLine.Rejected(at.number(), why, excerpt));
                }
            }
        }

        private static String example(long number, String description, Octets excerpt) {
            return "line " + number + " " + Excerpt.of(excerpt) + ": " + description;
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
                    "the file has no data line",
                    "one domain per line, or \"rank,domain\"",
                    MalformedListException.DOWNLOAD_AGAIN);
        }
        return MalformedListException.in(
                file,
                "%,d of %,d lines contain no mail domain (%s)"
                        .formatted(count.rejected(), count.dataLines(), String.join("; ", examples)),
                count.accepted() == 0 ? "at least one that does" : "at most " + tolerance + " of them",
                MalformedListException.DOWNLOAD_AGAIN
                        + (count.accepted() == 0
                                ? ""
                                : " To accept the list and skip its malformed lines: --tolerate-malformed "
                                        + ListTolerance.leastFor(count)));
    }

    private static MalformedListException binary(Path file, long line) {
        return MalformedListException.at(
                file,
                line,
                "a NUL octet, as in a binary file or UTF-16",
                "text in UTF-8, one domain per line",
                "Provide the list as UTF-8 text, uncompressed or compressed once with gzip or zip.");
    }

    private static MalformedListException changed(PinnedList pinned, PinnedList now) {
        return MalformedListException.in(
                pinned.file(),
                "a file with SHA-256 " + now.sha256Hex(),
                "the file with which this night began, SHA-256 " + pinned.sha256Hex(),
                "Restore that file, or use the new one in another night.");
    }

    private static MalformedListException refusal(Path file, IOException unreadable) {
        var seen = switch (unreadable) {
            case NoSuchFileException _ -> "the file does not exist";
            case EOFException _ -> "the compressed file ends too early";
            case ZipException damaged -> "the compressed file is damaged (" + damaged.getMessage() + ")";
            case IOException other -> "the file cannot be read (" + other + ")";
        };
        return MalformedListException.in(
                file,
                seen,
                "a readable list of domains, uncompressed or compressed once with gzip or zip",
                "Check the path and its permissions. " + MalformedListException.DOWNLOAD_AGAIN);
    }
}
