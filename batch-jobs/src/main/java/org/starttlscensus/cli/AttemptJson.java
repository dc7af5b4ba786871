package org.starttlscensus.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.store.ExplainedServer;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.verdict.ChainJudge;

/** A permitted call, and what it showed if that is known. */
record AttemptJson(
        int attempt,
        boolean patient,
        Optional<Instant> retryAt,
        long permit,
        Optional<String> signal,
        String question,
        Optional<String> oldVersionShowed,
        @JsonUnwrapped Optional<ObservationJson> observation) {

    static AttemptJson of(ExplainedServer.ExplainedCall call, Optional<ChainJudge> chains) {
        return new AttemptJson(
                call.attempt(),
                call.patient(),
                call.retryAt(),
                call.permitId(),
                call.signal().map(PermitSignal::label),
                call.probeKind().label(),
                call.oldVersion(),
                call.observation().map(seen -> ObservationJson.of(JudgedCall.of(seen, chains))));
    }
}
