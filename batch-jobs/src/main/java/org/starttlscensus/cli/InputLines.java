package org.starttlscensus.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a stream, each as soon as it is there and held only up to a bound: a longer one costs its reading, not its size. */
final class InputLines {

    /** @param octets of a whole line; empty of one that is longer than the bound */
    record Line(long number, Optional<byte[]> octets) {}

    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[16 * 1024];
    private int at;
    private int end;
    private long number;

    /** @param longest octets of a line, its end not counted */
    InputLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Empty at the end. A line ends with LF; after the last one it is not needed. */
    Optional<Line> next() throws IOException {
        if (!fill()) return Optional.empty();
        var line = new ByteArrayOutputStream();
        boolean tooLong = false;
        boolean ended = false;
        while (!ended && fill()) {
            int from = at;
            while (at < end && chunk[at] != '\n') at++;
            tooLong |= line.size() + at - from > longest;
            if (!tooLong) line.write(chunk, from, at - from);
            ended = at < end;
            if (ended) at++;
        }
        number++;
        return Optional.of(new Line(number, tooLong ? Optional.empty() : Optional.of(line.toByteArray())));
    }

    private boolean fill() throws IOException {
        if (at < end) return true;
        at = 0;
        end = Math.max(in.read(chunk), 0);
        return end > 0;
    }
}
