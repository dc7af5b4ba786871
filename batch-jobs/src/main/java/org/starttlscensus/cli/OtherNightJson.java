package org.starttlscensus.cli;

import java.time.LocalDate;
import java.util.Optional;
import org.starttlscensus.store.ExplainedAddress;

/** Another night that has the address in its plan. */
record OtherNightJson(LocalDate night, Optional<Long> connections) {

    static OtherNightJson of(ExplainedAddress.Night other) {
        return new OtherNightJson(other.night().date(), other.connections());
    }
}
