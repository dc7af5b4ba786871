package org.starttlscensus.politeness;

import java.time.Duration;

/**
 * One more attempt at an endpoint in the same night.
 *
 * @param after   from the start of the last attempt, never less than the endpoint's gap
 * @param patient with the deadlines of the patient attempt
 */
public record Retry(Duration after, boolean patient) {}
