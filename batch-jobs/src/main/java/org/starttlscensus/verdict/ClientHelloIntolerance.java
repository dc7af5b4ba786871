package org.starttlscensus.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/** Tells a server that fails on a ClientHello of two packets from one that refuses TLS, and from one that is slow. */
public final class ClientHelloIntolerance {

    private static final int LEAST_SPEED_UP = 10;
    /** A short silence, such as the lab's half second, only shows that a machine is busy. */
    private static final Duration LONG_SILENCE = Duration.ofSeconds(10);

    private ClientHelloIntolerance() {}

    /**
     * Whether one handshake broke off before any answer to our first message, and a later one with another offer
     * finished. If the first one timed out, it must have waited for at least ten seconds, and the later one must have
     * finished in a tenth of that time. Otherwise the time made the difference, not the offer.
     *
     * @param calls of one night at one endpoint, in their order
     */
    public static boolean isNeeded(List<Observation> calls) {
        Optional<Observation> broken = Optional.empty();
        for (var call : calls) {
            if (call.tls().isPresent())
                return broken.filter(before ->
                                isExplainedByOffer(before, call, call.tls().get()))
                        .isPresent();
            if (call.tlsFailure().filter(TlsFailure::isAtFirstMessage).isPresent()) broken = Optional.of(call);
        }
        return false;
    }

    private static boolean isExplainedByOffer(Observation broken, Observation finished, TlsSession session) {
        var failure = broken.tlsFailure().orElseThrow();
        if (failure.offerId().isEmpty() || failure.offerId().get().equals(session.offerId())) return false;
        // The name made the difference, or the suites did.
        if (failure.isOfServerName() || session.isAnonymous()) return false;
        return switch (failure.detail()) {
            case CLOSED, ALERT -> true;
            case TIMEOUT ->
                handshakeTime(broken).compareTo(LONG_SILENCE) >= 0
                        && handshakeTime(finished).multipliedBy(LEAST_SPEED_UP).compareTo(handshakeTime(broken)) <= 0;
            case VERSION, CPU, BYTES, KEY_TOO_LARGE, TOO_MANY_CERTIFICATES -> false;
        };
    }

    private static Duration handshakeTime(Observation call) {
        return call.took().getOrDefault(CallPhase.HANDSHAKE, Duration.ZERO);
    }
}
