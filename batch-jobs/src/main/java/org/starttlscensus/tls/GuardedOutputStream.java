package org.starttlscensus.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.starttlscensus.fact.TlsFailure.Detail;

/**
 * Collects what the TLS engine writes until it waits for an answer. The engine writes record by record, which would
 * send a flight in three packets instead of one.
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

    /** Sends what was collected. The guard's stopwatch must be stopped. */
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

    /** Does nothing, because the engine flushes after every record. Only {@link #send()} sends. */
    @Override
    public void flush() {}

    /** Does nothing: the caller closes the connection. */
    @Override
    public void close() {}
}
