package org.starttlscensus.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/** Tells a server that chokes on a ClientHello of two packets from one that refuses TLS, and from one that is slow. */
public final class ClientHelloIntolerance {

    private static final int AT_LEAST_FASTER = 10;
    /** Half a second without an answer, as in the lab, says nothing but that a machine is busy. */
    private static final Duration LONG_SILENCE = Duration.ofSeconds(10);

    private ClientHelloIntolerance() {}

    /**
     * Whether a handshake broke off before any answer to our first message, and one with another offer finished later. Where
     * the server had been silent, that must have been for long, and the other have finished in a tenth of it; else the time
     * did it, not the offer.
     *
     * @param calls of one night at one endpoint, in their order
     */
    public static boolean isNeeded(List<Observation> calls) {
        Optional<Observation> broken = Optional.empty();
        for (var call : calls) {
            if (call.tls().isPresent())
                return broken.filter(before ->
                                anotherOfferDidIt(before, call, call.tls().get()))
                        .isPresent();
            if (call.tlsFailure().filter(TlsFailure::isAtFirstMessage).isPresent()) broken = Optional.of(call);
        }
        return false;
    }

    private static boolean anotherOfferDidIt(Observation broken, Observation finished, TlsSession session) {
        var failure = broken.tlsFailure().orElseThrow();
        if (failure.offerId().isEmpty() || failure.offerId().get().equals(session.offerId())) return false;
        return switch (failure.detail()) {
            case CLOSED, ALERT -> true;
            case TIMEOUT ->
                shaking(broken).compareTo(LONG_SILENCE) >= 0
                        && shaking(finished).multipliedBy(AT_LEAST_FASTER).compareTo(shaking(broken)) <= 0;
            case VERSION, CPU, BYTES, KEY_TOO_LARGE, TOO_MANY_CERTIFICATES -> false;
        };
    }

    private static Duration shaking(Observation call) {
        return call.took().getOrDefault(CallPhase.HANDSHAKE, Duration.ZERO);
    }
}
