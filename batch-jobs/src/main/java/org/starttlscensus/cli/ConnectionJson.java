package org.starttlscensus.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Optional;

/** A call to an address, made for one of its host names. */
record ConnectionJson(
        String mxHost,
        Optional<Instant> endedAt,
        @JsonUnwrapped AttemptJson attempt) {}
