package org.starttlscensus.dispatch;

import java.time.Duration;

/** How long a call may take at most. A permit of a dead process may be an open connection for that long. */
public record MaxCallDuration(Duration ordinary, Duration patient) {

    public Duration of(boolean patiently) {
        return patiently ? patient : ordinary;
    }
}
