package org.starttlscensus.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Optional;

/** A call by one of the names of an address. */
record ConnectionJson(
        String mxHost,
        Optional<Instant> endedAt,
        @JsonUnwrapped AttemptJson attempt) {}
