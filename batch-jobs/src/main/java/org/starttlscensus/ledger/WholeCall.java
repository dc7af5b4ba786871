package org.starttlscensus.ledger;

import java.time.Duration;

/** How long a call may take at most: so long may a permit of a process that died still be an open connection. */
public record WholeCall(Duration ordinary, Duration patient) {

    Duration of(boolean patiently) {
        return patiently ? patient : ordinary;
    }
}
