package org.starttlscensus.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsClientProtocol;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsFailure.Detail;
import org.starttlscensus.fact.TlsSession;

/** The encrypted streams of Bouncy Castle's engine, with the same guard as the handshake. */
final class EngineConnection implements TlsConnection {

    private final TlsClientProtocol protocol;
    private final GuardedOutputStream sending;
    private final ConnectionGuard guard;
    private final CensusTlsClient peer;

    EngineConnection(
            TlsClientProtocol protocol, GuardedOutputStream sending, ConnectionGuard guard, CensusTlsClient peer) {
        this.protocol = protocol;
        this.sending = sending;
        this.guard = guard;
        this.peer = peer;
    }

    @Override
    public TlsSession session() {
        return peer.session();
    }

    @Override
    public InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return guarded(() -> protocol.readApplicationData(into, offset, length));
            }
        };
    }

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                guarded(() -> {
                    protocol.writeApplicationData(from, offset, length);
                    return length;
                });
            }

            @Override
            public void flush() throws IOException {
                sending.send();
            }
        };
    }

    @Override
    public Optional<TlsFailure> failure() {
        return guard.failure();
    }

    @Override
    public void closeNotify() {
        quietly(protocol::close);
        quietly(sending::send);
    }

    private int guarded(Work work) throws IOException {
        guard.resume();
        try {
            return work.run();
        } catch (RuntimeException | StackOverflowError broken) {
            guard.note(
                    new TlsAlert(
                            false,
                            AlertDescription.internal_error,
                            IanaNames.ALERTS.name(AlertDescription.internal_error)),
                    Detail.ALERT);
            throw new IOException("the TLS engine failed unexpectedly", broken);
        } finally {
            guard.pause();
        }
    }

    /** For close_notify and a last alert: a failure here is no finding, because the peer may be gone. */
    static void quietly(FinalWrite write) {
        try {
            write.run();
        } catch (IOException | RuntimeException gone) {
            // the peer is gone
        }
    }

    private interface Work {
        int run() throws IOException;
    }

    interface FinalWrite {
        void run() throws IOException;
    }
}
