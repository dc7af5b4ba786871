package org.starttlscensus.verdict;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ReplyMeaning;
import org.starttlscensus.fact.SmtpReply;

/**
 * One attempt at an endpoint: the input of {@link AttemptMerge}.
 *
 * @param startedAt when the first packet was sent
 * @param answered  whether at least one octet was received
 * @param reply     the reply on which the call ended, if one did
 */
public record Attempt(Instant startedAt, boolean answered, Optional<SmtpReply> reply, AttemptOutcome result) {

    public static Attempt of(Observation observation, ReplyMeaning meaning) {
        return new Attempt(
                observation.startedAt(),
                observation.received() > 0,
                observation.lastReply(),
                AttemptJudge.of(observation, meaning));
    }

    Outcome outcome() {
        return result.outcome();
    }
}
