package org.starttlscensus.ledger;

import org.starttlscensus.fact.Endpoint;

/**
 * A call that tonight's plan asks for.
 *
 * @param number  number of the permit it would get at this endpoint tonight, from 1
 * @param made    calls made at this endpoint before, tonight; permits that lapsed are not among them
 * @param patient whether it is the attempt with the patient deadlines
 * @param isOnce  whether one attempt must do: an implicit MX, whose address may not be a mail server at all, or a call that
 *                somebody asked for
 */
public record Call(long endpointId, Endpoint endpoint, String provider, int number, int made, boolean patient, boolean isOnce) {

    public static Call first(long endpointId, Endpoint endpoint, String provider) {
        return first(endpointId, endpoint, provider, false);
    }

    static Call first(long endpointId, Endpoint endpoint, String provider, boolean isOnce) {
        return new Call(endpointId, endpoint, provider, 1, 0, false, isOnce);
    }

    /** A call that somebody asked for: one attempt, which whoever asked waits for. */
    static Call asked(long endpointId, Endpoint endpoint, String provider) {
        return first(endpointId, endpoint, provider, true);
    }

    /** The same call under the next permit, for this one lapsed. */
    Call renewed() {
        return new Call(endpointId, endpoint, provider, number + 1, made, patient, isOnce);
    }

    /** The call after this one, which was made. */
    Call next(boolean patiently) {
        return new Call(endpointId, endpoint, provider, number + 1, made + 1, patiently, isOnce);
    }
}
