package org.starttlscensus.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.starttlscensus.fact.TlsFailure.Detail;

/** Counts the peer's octets. Before each read it sends what the engine has written. */
final class GuardedInputStream extends InputStream {

    private final InputStream in;
    private final GuardedOutputStream out;
    private final ConnectionGuard guard;

    GuardedInputStream(InputStream in, GuardedOutputStream out, ConnectionGuard guard) {
        this.in = in;
        this.out = out;
        this.guard = guard;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        guard.pause();
        try {
            guard.checkComputing();
            out.send();
            var count = in.read(into, offset, length);
            if (count < 0) guard.note(Detail.CLOSED);
            else guard.received(count);
            return count;
        } catch (InterruptedIOException late) {
            guard.note(Detail.TIMEOUT);
            throw late;
        } catch (IOException broken) {
            guard.note(Detail.CLOSED);
            throw broken;
        } finally {
            guard.resume();
        }
    }

    /** Does nothing: the caller closes the connection. */
    @Override
    public void close() {}
}
