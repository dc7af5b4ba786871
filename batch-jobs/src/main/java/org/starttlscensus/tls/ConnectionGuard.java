package org.starttlscensus.tls;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsFailure.Detail;

/**
 * Enforces the limits of one connection and records its first failure. What follows a failure (an alert about it, the
 * end of the stream) is only its consequence.
 *
 * <p>The stopwatch runs while the TLS engine computes and is stopped while it reads or writes. The limit is checked
 * whenever the engine reads or writes, so it cannot interrupt a single computation; the limit on key sizes bounds
 * that. The stopwatch counts processor time, so the load of the machine does not matter. It does not count a
 * computation if another connection used the carrier meanwhile (see {@link CarrierCpuClock}).
 *
 * <p>Not thread-safe: only the connection's own thread uses it.
 */
final class ConnectionGuard {

    private final String offerId;
    private final HandshakeLimits limits;
    private final CarrierCpuClock.Stopwatch stopwatch;
    private long octets;
    private boolean clientCertificateRequested;
    private HandshakeMessage passed = HandshakeMessage.CLIENT_HELLO;
    private HandshakeMessage brokenAfter = HandshakeMessage.CLIENT_HELLO;
    private @Nullable Detail detail;
    private @Nullable TlsAlert alert;

    ConnectionGuard(String offerId, HandshakeLimits limits, CarrierCpuClock carrierCpuClock) {
        this.offerId = offerId;
        this.limits = limits;
        this.stopwatch = carrierCpuClock.new Stopwatch();
    }

    /** Called after the handshake: the session that follows has the same limits anew. */
    void beginSession() {
        octets = 0;
        stopwatch.reset();
    }

    void resume() {
        stopwatch.start();
    }

    void pause() {
        stopwatch.stop();
    }

    void checkComputing() throws IOException {
        if (Duration.ofNanos(stopwatch.nanos()).compareTo(limits.computing()) > 0) throw refusal(Detail.CPU);
    }

    void received(int count) throws IOException {
        octets += count;
        if (octets > limits.octets()) throw refusal(Detail.BYTES);
    }

    void checkGroupBits(int bits) throws LimitExceededException {
        if (bits > limits.groupBits()) throw refusal(Detail.KEY_TOO_LARGE);
    }

    void checkRsaBits(int bits) throws LimitExceededException {
        if (bits > limits.rsaBits()) throw refusal(Detail.KEY_TOO_LARGE);
    }

    void checkCertificates(int count) throws LimitExceededException {
        if (count > limits.certificates()) throw refusal(Detail.TOO_MANY_CERTIFICATES);
    }

    LimitExceededException refusal(Detail reason) {
        note(reason);
        return new LimitExceededException(reason);
    }

    void note(Detail reason) {
        if (detail != null) return;
        detail = reason;
        brokenAfter = passed;
    }

    void note(TlsAlert ended, Detail reason) {
        if (detail != null) return;
        note(reason);
        alert = ended;
    }

    /** Called when a message of the server has arrived completely. */
    void passed(HandshakeMessage message) {
        passed = message;
    }

    void noteClientCertificateRequest() {
        clientCertificateRequested = true;
    }

    boolean clientCertificateRequested() {
        return clientCertificateRequested;
    }

    Optional<TlsFailure> failure() {
        return Optional.ofNullable(detail)
                .map(reason -> new TlsFailure(
                        reason,
                        Optional.ofNullable(alert),
                        clientCertificateRequested,
                        Optional.of(brokenAfter),
                        Optional.of(offerId)));
    }
}
