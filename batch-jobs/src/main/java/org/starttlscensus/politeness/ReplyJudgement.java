package org.starttlscensus.politeness;

import java.time.Duration;
import java.util.Optional;
import org.starttlscensus.fact.ReplyClass;

/**
 * What one reply, or one whole call, says of our welcome.
 *
 * @param replyClass the class
 * @param ruleId     the rule that decided, stored with the observation; ids that begin with {@code call-} come from the
 *                   way a call ended rather than from a text
 * @param retryAfter how long the peer asks us to stay away, at most {@link RetryHint#LONGEST}
 */
public record ReplyJudgement(ReplyClass replyClass, String ruleId, Optional<Duration> retryAfter) {

    static ReplyJudgement of(ReplyClass replyClass, String ruleId) {
        return new ReplyJudgement(replyClass, ruleId, Optional.empty());
    }

    /** Whether the peer says that we broke the protocol: the run must stop and look, it is no fault of the peer. */
    public boolean selfInflicted() {
        return ruleId.startsWith("self-");
    }
}
