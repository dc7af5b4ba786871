package org.starttlscensus.lists;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.starttlscensus.fact.Octets;

/**
 * Octets to lines, each held only up to a bound: a line of a gigabyte costs its reading, not its size.
 *
 * <p>A cursor: {@link #advance} moves to the next line, the other methods tell of the current one.
 */
final class BoundedLines {

    /** A name of 253 octets as A-labels has at most about 900 as UTF-8; rank and quotes come on top. */
    static final int MOST_OCTETS = 1_024;

    private final Path file;
    private final InputStream octets;
    private final byte[] chunk = new byte[64 * 1024];
    private final byte[] line = new byte[MOST_OCTETS + 2]; // one beyond the bound, and CR
    private int chunkAt;
    private int chunkEnd;
    private int length;
    private long number;

    BoundedLines(Path file, InputStream octets) {
        this.file = file;
        this.octets = octets;
    }

    /** False at the end. A line ends with LF or CRLF; after the last line neither is needed. */
    boolean advance() throws IOException {
        length = 0;
        boolean any = false;
        while (fill()) {
            if (!any) number++;
            any = true;
            int end = chunkAt;
            while (end < chunkEnd && chunk[end] != '\n') {
                if (chunk[end] == 0) throw binary();
                end++;
            }
            int kept = Math.min(end - chunkAt, line.length - length);
            System.arraycopy(chunk, chunkAt, line, length, kept);
            length += kept;
            chunkAt = end + 1;
            if (end < chunkEnd) break;
        }
        if (length > 0 && line[length - 1] == '\r') length--;
        return any;
    }

    long number() {
        return number;
    }

    boolean isTooLong() {
        return length > MOST_OCTETS;
    }

    /** The octets of the line up to the bound are {@code buffer()[0]} to {@code buffer()[length() - 1]}. */
    byte[] buffer() {
        return line;
    }

    int length() {
        return length;
    }

    Octets excerpt() {
        return Octets.of(Arrays.copyOf(line, Math.min(length, ListLine.Rejected.MOST_EXCERPT)));
    }

    private boolean fill() throws IOException {
        if (chunkAt < chunkEnd) return true;
        chunkAt = 0;
        chunkEnd = Math.max(octets.read(chunk), 0);
        return chunkEnd > 0;
    }

    private MalformedListException binary() {
        return MalformedListException.at(file, number, "a NUL octet, as in a binary file or UTF-16",
                "text in UTF-8, one domain a line", "Give the list as UTF-8 text, plain or packed once as gzip or zip.");
    }
}
