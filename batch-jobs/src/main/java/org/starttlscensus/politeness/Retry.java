package org.starttlscensus.politeness;

import java.time.Duration;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.RetryKind;

/**
 * One more attempt at an endpoint in the same night.
 *
 * @param after     from the start of the last attempt, never less than the endpoint's gap
 * @param patient   whether it has the patient deadlines
 * @param probeKind what it probes
 * @param kind      what it is for
 */
public record Retry(Duration after, boolean patient, ProbeKind probeKind, RetryKind kind) {

    /** A retry with the standard probe, because the last attempt failed. */
    public Retry(Duration after, boolean patient) {
        this(after, patient, ProbeKind.STANDARD, RetryKind.RETRY);
    }

    Retry withProbeKind(ProbeKind other) {
        return new Retry(after, patient, other, kind);
    }

    /** @param least from the start of the last attempt */
    Retry notBefore(Duration least) {
        return least.compareTo(after) > 0 ? new Retry(least, patient, probeKind, kind) : this;
    }

    Retry confirming() {
        return new Retry(after, patient, probeKind, RetryKind.CONFIRMATION);
    }
}
