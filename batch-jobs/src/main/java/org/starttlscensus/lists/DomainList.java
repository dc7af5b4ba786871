package org.starttlscensus.lists;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
            throw ListRefusals.unreadable(file, unreadable);
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
    public static ReadList read(PinnedList pinned, ListTolerance tolerance, Consumer<ListLine> sink) {
        var file = pinned.file();
        try (var octets = open(file);
                var contents = new UnpackedFile(file, octets)) {
            var tally = new Tally(sink);
            var lines = new BoundedLines(contents, LineReader.MOST_OCTETS);
            var reader = new LineReader();
            while (lines.advance()) {
                if (lines.hasNul()) throw ListRefusals.binary(file, lines.number());
                var readLine = reader.read(lines);
                if (readLine instanceof LineReader.ReadLine.Fault
                        && reader.foreignFormat().filter(ForeignFormat::isSure).isPresent()) break;
                tally.add(lines, readLine);
            }
            if (tally.accepted == 0 && reader.foreignFormat().isPresent())
                throw ListRefusals.foreign(
                        file, contents, reader.foreignFormat().get(), reader.foreignFormatAt());
            var now = octets.pin();
            if (!now.equals(pinned)) throw ListRefusals.changed(pinned, now);
            var count = tally.count();
            if (count.accepted() == 0 || !tolerance.allows(tally.countWithoutCutLine()))
                throw ListRefusals.tooManyRejected(file, tolerance, count, tally.examples);
            return new ReadList(count, contents.octetsRead(), tally.hasCutLine);
        } catch (IOException unreadable) {
            throw ListRefusals.unreadable(file, unreadable);
        }
    }

    private static PinnedFile open(Path file) throws IOException {
        if (!Files.exists(file)) throw new NoSuchFileException(file.toString());
        if (Files.isDirectory(file)) throw new IOException("it is a folder, not a file");
        if (!Files.isRegularFile(file)) throw new IOException("it is not a file");
        return new PinnedFile(file);
    }

    /** Passes lines to the sink, counts them, and keeps a few malformed lines as examples. */
    private static final class Tally {

        private static final LineRejection CUT = new LineRejection.OfLine(LineFault.NO_LINE_END);

        private final Consumer<ListLine> sink;
        private final List<String> examples = new ArrayList<>();
        private long lines;
        private long accepted;
        private long rejected;
        private boolean hasCutLine;

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
                    hasCutLine = why.equals(CUT);
                    var excerpt = at.excerpt(ListLine.Rejected.MOST_EXCERPT);
                    if (examples.size() < MOST_EXAMPLES) examples.add(example(at.number(), why.description(), excerpt));
                    sink.accept(new ListLine.Rejected(at.number(), why, excerpt));
                }
            }
        }

        /** A cut line is one of a million or one of ten; whether the list is too short is for others to say. */
        ListCount countWithoutCutLine() {
            return hasCutLine ? new ListCount(lines - 1, accepted, rejected - 1, lines - accepted - rejected) : count();
        }

        private static String example(long number, String description, Octets excerpt) {
            return "line " + number + " " + Excerpt.of(excerpt) + ": " + description;
        }

        ListCount count() {
            return new ListCount(lines, accepted, rejected, lines - accepted - rejected);
        }
    }
}
