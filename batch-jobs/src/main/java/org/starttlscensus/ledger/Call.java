package org.starttlscensus.ledger;

import java.util.Optional;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Question;

/**
 * A call that tonight's plan asks for.
 *
 * @param number  number of the permit it would get at this endpoint tonight, from 1
 * @param made    calls made at this endpoint before, tonight; permits that lapsed are not among them
 * @param patient whether it is the attempt with the patient deadlines
 * @param isOnce  whether one attempt must do: an implicit MX, whose address may not be a mail server at all
 * @param question what it asks
 * @param asksLater the question of the old-version campaign that the endpoint is asked tonight, once its handshake finished
 */
public record Call(long endpointId, Endpoint endpoint, String provider, int number, int made, boolean patient, boolean isOnce,
        Question question, Optional<Question> asksLater) {

    public static Call first(long endpointId, Endpoint endpoint, String provider) {
        return first(endpointId, endpoint, provider, false);
    }

    static Call first(long endpointId, Endpoint endpoint, String provider, boolean isOnce) {
        return first(endpointId, endpoint, provider, isOnce, Optional.empty());
    }

    static Call first(long endpointId, Endpoint endpoint, String provider, boolean isOnce, Optional<Question> asksLater) {
        return new Call(endpointId, endpoint, provider, 1, 0, false, isOnce, Question.STANDARD, asksLater);
    }

    /** The same call under the next permit, for this one lapsed. */
    Call renewed() {
        return new Call(endpointId, endpoint, provider, number + 1, made, patient, isOnce, question, asksLater);
    }

    /** The call after this one, which was made. */
    Call next(boolean patiently) {
        return new Call(endpointId, endpoint, provider, number + 1, made + 1, patiently, isOnce, question, asksLater);
    }

    /** The same call with another question. */
    Call asking(Question other) {
        return new Call(endpointId, endpoint, provider, number, made, patient, isOnce, other, asksLater);
    }
}
