package org.starttlscensus.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.lists.RejectedLines;

/**
 * The rejected lines of a list while it is read. If the list is refused, they are in no table, and the message has only
 * the first of them: then they are in a file. A file that cannot be written is said aloud, and changes nothing else.
 */
final class RefusedListLines implements AutoCloseable {

    /** Of a file that is no list at all, every line is rejected. */
    private static final int MOST = 100_000;

    private static final int MOST_OF_A_NAME = 200;

    private final RequestedList list;
    private final Path target;
    private final Progress progress;
    private @Nullable RejectedLines file;
    private @Nullable Exception failure;
    private long seen;
    private boolean areStored;

    RefusedListLines(RequestedList list, Path folder, Progress progress) {
        this.list = list;
        this.target = fileOf(folder, list.id());
        this.progress = progress;
    }

    /** A file name may have 255 octets; the names of lists are ASCII. */
    static Path fileOf(Path folder, String listId) {
        var name = listId.length() <= MOST_OF_A_NAME
                ? listId
                : listId.substring(0, MOST_OF_A_NAME) + "-" + Integer.toHexString(listId.hashCode());
        return folder.resolve(name + ".txt");
    }

    void add(long number, String label, Octets excerpt) {
        if (++seen > MOST || failure != null) return;
        try {
            if (file == null) file = RejectedLines.of(list.name(), target);
            file.add(number, label, excerpt);
        } catch (IOException | UncheckedIOException e) {
            failure = e;
        }
    }

    /** The list is accepted. */
    void areStored() {
        areStored = true;
    }

    @Override
    public void close() {
        try (var written = file) {
            if (areStored || seen == 0) return;
            if (failure == null && written != null) written.finish();
        } catch (IOException e) {
            failure = e;
        }
        if (areStored || seen == 0) return;
        progress.say(
                failure == null
                        ? "%s: the lines without a mail domain%s, with the reason of each: %s"
                                .formatted(list.name(), seen > MOST ? " (the first %,d)".formatted(MOST) : "", target)
                        : notWritten(target, failure));
    }

    static String notWritten(Path target, Exception why) {
        return "%s: the rejected lines cannot be written there (%s). They are not needed for the night"
                .formatted(target, why);
    }
}
