package org.starttlscensus.dispatch;

import java.time.Duration;

/** How long a call may take at most: so long may a permit of a process that died still be an open connection. */
public record MaxCallDuration(Duration ordinary, Duration patient) {

    public Duration of(boolean patiently) {
        return patiently ? patient : ordinary;
    }
}
