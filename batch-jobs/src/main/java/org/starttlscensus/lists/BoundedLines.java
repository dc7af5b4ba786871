package org.starttlscensus.lists;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.starttlscensus.fact.Octets;

/**
 * Octets to lines, each as soon as it is there and held only up to a bound: a line of a gigabyte costs its reading, not
 * its size.
 *
 * <p>A cursor: {@link #advance} moves to the next line, the other methods tell of the current one.
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

    /** @param mostOctets of a line, its end not counted */
    public BoundedLines(InputStream octets, int mostOctets) {
        this.octets = octets;
        this.mostOctets = mostOctets;
        this.line = new byte[Math.min(USUAL_LINE, mostOctets) + 2];
    }

    /** False at the end. A line ends with LF or CRLF; after the last line neither is needed. */
    public boolean advance() throws IOException {
        length = 0;
        hasNul = false;
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
            if (end < chunkEnd) break;
        }
        if (length > 0 && line[length - 1] == '\r') length--;
        return any;
    }

    /** As an editor counts, from 1. */
    public long number() {
        return number;
    }

    public boolean isTooLong() {
        return length > mostOctets;
    }

    /** Whether a NUL is anywhere in the line, beyond the bound too. */
    public boolean hasNul() {
        return hasNul;
    }

    /**
     * The octets of the line up to the bound are {@code buffer()[0]} to {@code buffer()[length() - 1]}. Another line
     * may have another buffer.
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

    /** Up to two octets more than the bound: one by which a line is too long, and the CR of a line that is not. */
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
