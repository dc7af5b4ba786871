package org.starttlscensus.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Begins each line with the time, for a file that nobody watches: {@code 2026-11-30T21:55:00Z census: ...}. */
final class StampedLines extends FilterOutputStream {

    /** The launcher sets it for commands that work for hours, where stderr is neither a terminal nor the journal. */
    private static final String PROPERTY = "census.stamped";

    private final InstantSource clock;
    private boolean atBeginOfLine = true;

    StampedLines(OutputStream out, InstantSource clock) {
        super(out);
        this.clock = clock;
    }

    static boolean areWanted() {
        return Boolean.getBoolean(PROPERTY);
    }

    static PrintStream on(PrintStream out, InstantSource clock) {
        return new PrintStream(new StampedLines(out, clock), true, out.charset());
    }

    @Override
    public synchronized void write(int octet) throws IOException {
        if (atBeginOfLine) {
            var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            out.write((now + " ").getBytes(StandardCharsets.US_ASCII));
        }
        out.write(octet);
        atBeginOfLine = octet == '\n';
    }

    @Override
    public synchronized void write(byte[] octets, int from, int length) throws IOException {
        for (int at = from; at < from + length; at++) write(octets[at]);
    }
}
