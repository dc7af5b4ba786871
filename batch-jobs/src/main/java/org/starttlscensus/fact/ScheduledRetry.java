package org.starttlscensus.fact;

import java.time.Instant;

/**
 * One more attempt at an endpoint in the same night.
 *
 * @param due       the attempt may start from then on
 * @param patient   whether it has the patient deadlines
 * @param probeKind what it probes
 * @param kind      what it is for
 */
public record ScheduledRetry(Instant due, boolean patient, ProbeKind probeKind, RetryKind kind) {}
