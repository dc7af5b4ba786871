package org.starttlscensus.politeness;

import java.time.Duration;
import org.starttlscensus.fact.Question;

/**
 * One more attempt at an endpoint in the same night.
 *
 * @param after    from the start of the last attempt, never less than the endpoint's gap
 * @param patient  with the deadlines of the patient attempt
 * @param question what it asks
 */
public record Retry(Duration after, boolean patient, Question question) {

    /** With the ordinary question. */
    public Retry(Duration after, boolean patient) {
        this(after, patient, Question.STANDARD);
    }
}
