package org.starttlscensus.lists;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.starttlscensus.fact.Octets;

/**
 * Splits a stream into lines. Each line is available as soon as it has been read. Only its beginning up to a limit is
 * kept, so a line of a gigabyte takes time but no memory.
 *
 * <p>A cursor: {@link #advance} moves to the next line, the other methods describe the current one. Not thread-safe.
 */
public final class BoundedLines {

    private static final int CHUNK = 64 * 1024;
    private static final int USUAL_LINE = 1_024;

    private final InputStream octets;
    private final int mostOctets;
    private final byte[] chunk = new byte[CHUNK];
    private byte[] line;
    private int chunkAt;
    private int chunkEnd;
    private int length;
    private long number;
    private boolean hasNul;
    private boolean hasLineEnd;

    /** @param mostOctets the limit for a line, without its line end */
    public BoundedLines(InputStream octets, int mostOctets) {
        this.octets = octets;
        this.mostOctets = mostOctets;
        this.line = new byte[Math.min(USUAL_LINE, mostOctets) + 2];
    }

    /** Returns false at the end. A line ends with LF or CRLF; the last line may have no line end. */
    public boolean advance() throws IOException {
        length = 0;
        hasNul = false;
        hasLineEnd = false;
        boolean any = false;
        while (fill()) {
            if (!any) number++;
            any = true;
            int end = chunkAt;
            while (end < chunkEnd && chunk[end] != '\n') {
                if (chunk[end] == 0) hasNul = true;
                end++;
            }
            keep(chunkAt, end - chunkAt);
            chunkAt = end + 1;
            hasLineEnd = end < chunkEnd;
            if (hasLineEnd) break;
        }
        if (length > 0 && line[length - 1] == '\r') length--;
        return any;
    }

    /** The line number, counted from 1. */
    public long number() {
        return number;
    }

    /** Whether the line ends with LF. If not, it is the last one, and may be the beginning of a longer one. */
    boolean hasLineEnd() {
        return hasLineEnd;
    }

    public boolean isTooLong() {
        return length > mostOctets;
    }

    /** Whether a NUL is anywhere in the line, including the part beyond the limit. */
    public boolean hasNul() {
        return hasNul;
    }

    /**
     * The octets of the line up to the limit are {@code buffer()[0]} to {@code buffer()[length() - 1]}. The buffer may
     * be a different one for each line.
     */
    public byte[] buffer() {
        return line;
    }

    public int length() {
        return length;
    }

    /** The first octets of the line. */
    Octets excerpt(int most) {
        return Octets.of(Arrays.copyOf(line, Math.min(length, most)));
    }

    /**
     * Keeps up to two octets beyond the limit: one shows that a line is too long, the other may be the CR of its end.
     */
    private void keep(int from, int octetsThere) {
        int kept = Math.min(octetsThere, mostOctets + 2 - length);
        if (length + kept > line.length) {
            line = Arrays.copyOf(line, Math.min(Math.max(2 * line.length, length + kept), mostOctets + 2));
        }
        System.arraycopy(chunk, from, line, length, kept);
        length += kept;
    }

    private boolean fill() throws IOException {
        if (chunkAt < chunkEnd) return true;
        chunkAt = 0;
        chunkEnd = Math.max(octets.read(chunk), 0);
        return chunkEnd > 0;
    }
}
