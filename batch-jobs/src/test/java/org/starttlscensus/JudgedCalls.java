package org.starttlscensus;

import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.store.SeenCall;

/** Calls with what the program decides when such a call ends. */
public final class JudgedCalls {

    private JudgedCalls() {}

    public static SeenCall of(Permit permit, Observation observation) {
        var judgement = ReplyClassifier.judge(observation);
        return new SeenCall(permit, observation, judgement.replyClass(), judgement.ruleId());
    }
}
