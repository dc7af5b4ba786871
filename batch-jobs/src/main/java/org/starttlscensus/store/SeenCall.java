package org.starttlscensus.store;

import java.util.Optional;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.SmtpReply;

/**
 * A call, its observation, and what was decided when it ended.
 *
 * @param replyClass what it meant for our welcome
 * @param rule       the rule that gave this class
 */
public record SeenCall(Permit permit, Observation observation, ReplyClass replyClass, String rule) {

    /** The code of the reply that decided. */
    Optional<Integer> replyCode() {
        return observation.lastReply().map(SmtpReply::code);
    }
}
