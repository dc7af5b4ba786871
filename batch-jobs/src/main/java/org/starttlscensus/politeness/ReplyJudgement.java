package org.starttlscensus.politeness;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.ReplyMeaning;

/**
 * The classification of one reply or of one whole call.
 *
 * @param meaning    the class, and whether the fault was ours
 * @param ruleId     the rule that decided, stored with the observation; ids that begin with {@code call-} come from the
 *                   way a call ended, not from a text
 * @param askedWait  how long, or until when, the peer asks us not to call
 */
public record ReplyJudgement(ReplyMeaning meaning, String ruleId, Optional<AskedWait> askedWait) {

    static ReplyJudgement of(ReplyClass replyClass, String ruleId) {
        return new ReplyJudgement(ReplyMeaning.of(replyClass), ruleId, Optional.empty());
    }

    /** How long the peer asks us not to call, from the time when the reply came; empty if it does not. */
    public Optional<Duration> retryAfter(Instant heard) {
        return askedWait.flatMap(asked -> asked.from(heard));
    }

    public ReplyClass replyClass() {
        return meaning.replyClass();
    }

    /** Whether the peer reports a protocol violation of ours. The run must hold back; the peer is not at fault. */
    public boolean selfInflicted() {
        return meaning.ownFault();
    }
}
