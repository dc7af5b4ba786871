package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.politeness.ReplyJudgement;

/** A call that is over and not stored yet, with what it means for our welcome. */
public record FinishedCall(Permit permit, Call call, Observation observation, ReplyJudgement judgement) {

    /** When the first packet was sent; empty if none was, and the permit counts in no limit. */
    public Optional<Instant> startedAt() {
        return observation.dialled() ? Optional.of(observation.startedAt()) : Optional.empty();
    }
}
