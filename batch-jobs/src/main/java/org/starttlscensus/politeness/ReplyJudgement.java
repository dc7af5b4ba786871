package org.starttlscensus.politeness;

import java.time.Duration;
import java.util.Optional;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.ReplyMeaning;

/**
 * The classification of one reply or of one whole call.
 *
 * @param meaning    the class, and whether the fault was ours
 * @param ruleId     the rule that decided, stored with the observation; ids that begin with {@code call-} come from the
 *                   way a call ended, not from a text
 * @param retryAfter how long the peer asks us not to call, at most {@link RetryHint#LONGEST}
 */
public record ReplyJudgement(ReplyMeaning meaning, String ruleId, Optional<Duration> retryAfter) {

    static ReplyJudgement of(ReplyClass replyClass, String ruleId) {
        return new ReplyJudgement(ReplyMeaning.of(replyClass), ruleId, Optional.empty());
    }

    public ReplyClass replyClass() {
        return meaning.replyClass();
    }

    /** Whether the peer reports a protocol violation of ours. The run must hold back; the peer is not at fault. */
    public boolean selfInflicted() {
        return meaning.ownFault();
    }
}
