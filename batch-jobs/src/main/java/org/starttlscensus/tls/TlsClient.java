package org.starttlscensus.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import org.bouncycastle.tls.AlertDescription;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.TlsFailure;

/**
 * Does the handshake with any TLS server and returns the facts. It accepts every certificate and judges nothing.
 *
 * <p>Thread-safe. A handshake blocks its thread, so use a virtual one.
 */
public final class TlsClient {

    private final Offer offer;
    private final HandshakeLimits limits;
    private final SecureRandom random = new SecureRandom();

    public TlsClient(Offer offer, HandshakeLimits limits) {
        this.offer = offer;
        this.limits = limits;
    }

    /**
     * Loads the classes that a ClientHello needs. Otherwise that time would count as computing time of the first
     * handshakes, many at once, and could exceed their limit.
     */
    public void prepare() {
        handshake(InputStream.nullInputStream(), OutputStream.nullOutputStream(), new Hostname("localhost"));
    }

    /**
     * Blocks until the handshake has finished or failed. A peer's failure is a value and never an exception. The
     * streams stay open in both cases.
     *
     * @param in         enforces the deadline: throws {@link java.net.SocketTimeoutException} when it has passed
     * @param out        enforces the deadline too
     * @param serverName the MX host, for SNI
     */
    public Handshake handshake(InputStream in, OutputStream out, Hostname serverName) {
        var guard = new ConnectionGuard(offer.id(), limits, CarrierCpuClock.OF_THE_PROCESS);
        var traits = new TraitsRecorder();
        var crypto = new CapturingCrypto(random, guard);
        var peer = new CensusTlsClient(offer, serverName, guard, crypto, traits);
        var sending = new GuardedOutputStream(out, guard);
        var protocol =
                new ObservedProtocol(new GuardedInputStream(in, sending, guard), sending, guard, crypto, traits, peer);
        guard.resume();
        try {
            protocol.connect(peer);
            guard.pause();
            guard.checkComputing();
            sending.send();
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            guard.pause();
            return failed(guard, peer, sending);
        }
        guard.beginSession();
        return new Handshake.Finished(peer.session(), new EngineConnection(protocol, sending, guard, peer));
    }

    private static Handshake failed(ConnectionGuard guard, CensusTlsClient peer, GuardedOutputStream sending) {
        // The engine raised no alert, so it failed unexpectedly.
        if (guard.failure().isEmpty()) peer.note(false, AlertDescription.internal_error);
        var failure = guard.failure().orElseThrow().showing(peer.shown());
        if (isReachable(failure)) EngineConnection.quietly(sending::send);
        return new Handshake.Failed(failure);
    }

    /** Whether our last alert can still arrive. */
    private static boolean isReachable(TlsFailure failure) {
        return switch (failure.detail()) {
            case CLOSED, TIMEOUT -> false;
            case ALERT, VERSION, CPU, BYTES, KEY_TOO_LARGE, TOO_MANY_CERTIFICATES -> true;
        };
    }
}
