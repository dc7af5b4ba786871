package org.starttlscensus.verdict;

import java.util.List;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsFailure;

/** Whether a server refused to do TLS under the name that MX records give it. */
public final class ServerNameRefusal {

    private ServerNameRefusal() {}

    /** @param calls of one night at one endpoint */
    public static boolean isShown(List<Observation> calls) {
        return calls.stream()
                .anyMatch(call ->
                        call.tlsFailure().filter(TlsFailure::isOfServerName).isPresent());
    }
}
