package org.starttlscensus.verdict;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsFailure;

/** Tells a server that chokes on a ClientHello of two packets from one that refuses TLS. */
public final class SmallHello {

    private SmallHello() {}

    /**
     * Whether a handshake broke off before any answer to our first message, and one with another offer finished later.
     *
     * @param calls of one night at one endpoint, in their order
     */
    public static boolean isNeeded(List<Observation> calls) {
        Optional<String> refused = Optional.empty();
        for (var call : calls) {
            var offer = refused;
            if (call.tls().isPresent()) return offer.isPresent() && !offer.get().equals(call.tls().get().offerId());
            refused = call.tlsFailure().filter(TlsFailure::isAtFirstMessage).flatMap(TlsFailure::offerId).or(() -> offer);
        }
        return false;
    }
}
