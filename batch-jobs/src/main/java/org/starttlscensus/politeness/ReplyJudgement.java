package org.starttlscensus.politeness;

import java.time.Duration;
import java.util.Optional;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.ReplyMeaning;

/**
 * What one reply, or one whole call, says of our welcome.
 *
 * @param meaning    the class, and whether the fault was ours
 * @param ruleId     the rule that decided, stored with the observation; ids that begin with {@code call-} come from the
 *                   way a call ended rather than from a text
 * @param retryAfter how long the peer asks us to stay away, at most {@link RetryHint#LONGEST}
 */
public record ReplyJudgement(ReplyMeaning meaning, String ruleId, Optional<Duration> retryAfter) {

    static ReplyJudgement of(ReplyClass replyClass, String ruleId) {
        return new ReplyJudgement(ReplyMeaning.of(replyClass), ruleId, Optional.empty());
    }

    public ReplyClass replyClass() {
        return meaning.replyClass();
    }

    /** Whether the peer says that we broke the protocol: the run must stop and look, it is no fault of the peer. */
    public boolean selfInflicted() {
        return meaning.ownFault();
    }
}
