package org.starttlscensus.tls;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsFailure.Detail;

/**
 * Keeps one connection within its limits, and remembers the first thing that went wrong: what follows a failure (an
 * alert about it, an end of the stream) is only its echo.
 *
 * <p>The stopwatch runs while the TLS engine computes and rests while it reads or writes. It is looked at whenever the
 * engine comes to read or write, so one single computation is not cut short; the limit on key sizes bounds that. It counts
 * processor time, so that nobody is charged with what else the machine does; but never more than went by, for where a lock
 * was waited for, another processor's time may have been read.
 */
final class ConnectionGuard {

    private final String offerId;
    private final HandshakeLimits limits;
    private final LongSupplier nanoTime;
    private final LongSupplier processorTime;
    private long octets;
    private long computed;
    private long runningSince;
    private long processorSince;
    private boolean running;
    private boolean clientCertificateRequested;
    private HandshakeMessage passed = HandshakeMessage.CLIENT_HELLO;
    private HandshakeMessage brokenAfter = HandshakeMessage.CLIENT_HELLO;
    private @Nullable Detail detail;
    private @Nullable TlsAlert alert;

    ConnectionGuard(String offerId, HandshakeLimits limits, LongSupplier nanoTime, LongSupplier processorTime) {
        this.offerId = offerId;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.processorTime = processorTime;
    }

    /** The handshake is over: the session that follows has the same limits again. */
    void beginSession() {
        octets = 0;
        computed = 0;
    }

    void resume() {
        running = true;
        runningSince = nanoTime.getAsLong();
        processorSince = processorTime.getAsLong();
    }

    void pause() {
        if (running) computed += Math.clamp(processorTime.getAsLong() - processorSince, 0, Math.max(0, nanoTime.getAsLong() - runningSince));
        running = false;
    }

    void checkComputing() throws IOException {
        if (Duration.ofNanos(computed).compareTo(limits.computing()) > 0) throw refusal(Detail.CPU);
    }

    void received(int count) throws IOException {
        octets += count;
        if (octets > limits.octets()) throw refusal(Detail.BYTES);
    }

    void checkKeyBits(int bits) throws LimitExceededException {
        if (bits > limits.keyBits()) throw refusal(Detail.KEY_TOO_LARGE);
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

    /** A message of the server has arrived whole. */
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
                .map(reason -> new TlsFailure(reason, Optional.ofNullable(alert), clientCertificateRequested,
                        Optional.of(brokenAfter), Optional.of(offerId)));
    }
}
