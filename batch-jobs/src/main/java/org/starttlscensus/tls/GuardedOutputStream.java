package org.starttlscensus.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.starttlscensus.fact.TlsFailure.Detail;

/**
 * Collects what the TLS engine says until it waits for an answer. The engine writes record by record; a flight sent so
 * would be three packets instead of one.
 */
final class GuardedOutputStream extends OutputStream {

    private final OutputStream out;
    private final ConnectionGuard guard;
    private final ByteArrayOutputStream flight = new ByteArrayOutputStream(2_048);

    GuardedOutputStream(OutputStream out, ConnectionGuard guard) {
        this.out = out;
        this.guard = guard;
    }

    @Override
    public void write(int octet) {
        flight.write(octet);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        flight.write(from, offset, length);
    }

    /** To be called while the guard's stopwatch rests. */
    void send() throws IOException {
        if (flight.size() == 0) return;
        var octets = flight.toByteArray();
        flight.reset();
        try {
            out.write(octets);
            out.flush();
        } catch (InterruptedIOException late) {
            guard.note(Detail.TIMEOUT);
            throw late;
        } catch (IOException broken) {
            guard.note(Detail.CLOSED);
            throw broken;
        }
    }

    /** The engine flushes after every record; only {@link #send()} sends. */
    @Override
    public void flush() {}

    /** The connection belongs to whoever opened it. */
    @Override
    public void close() {}
}
