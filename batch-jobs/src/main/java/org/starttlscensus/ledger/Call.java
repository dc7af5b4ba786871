package org.starttlscensus.ledger;

import org.starttlscensus.fact.Endpoint;

/**
 * A call that tonight's plan asks for.
 *
 * @param attempt number of the permit it would get at this endpoint tonight, from 1
 */
public record Call(long endpointId, Endpoint endpoint, String provider, int attempt) {

    Call again() {
        return numbered(attempt + 1);
    }

    Call numbered(int number) {
        return new Call(endpointId, endpoint, provider, number);
    }
}
