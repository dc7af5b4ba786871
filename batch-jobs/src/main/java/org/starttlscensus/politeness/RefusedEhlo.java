package org.starttlscensus.politeness;

import java.util.Set;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.SmtpReply;

/**
 * What a refused EHLO says about the server: real senders say HELO where the server may be older than EHLO, and so do
 * we, but never to a server that refused us.
 */
enum RefusedEhlo {
    /** EHLO may be unknown. If HELO is accepted, that is a clean look. */
    UNKNOWN,
    /** The server blames our argument, so it knows EHLO. HELO may follow, and shows nothing about STARTTLS. */
    ARGUMENT_BLAMED,
    /** Anything else, above all a block. */
    REFUSAL;

    /** 550 is no word on the command, so it counts only where nothing else is said, in words or by an enhanced code. */
    private static final int MAILBOX = 550;

    private static final Set<Integer> CODES = Set.of(500, 501, 502, MAILBOX);

    /** The rule for a permanent refusal that gives no reason. */
    private static final String NO_REASON = "suspect-code";
    /** The rule for a 501 that complains of syntax, and not of our name. */
    private static final String SYNTAX = "self-ehlo-syntax";

    static RefusedEhlo of(SmtpReply reply) {
        if (!CODES.contains(reply.code())) return REFUSAL;
        var judged = ReplyClassifier.judge(CallPhase.EHLO, false, reply);
        if (judged.selfInflicted()) return ofBlame(reply, judged);
        var isUnknown = judged.replyClass() == ReplyClass.NO_STARTTLS
                || judged.replyClass() == ReplyClass.OTHER
                || (reply.code() == MAILBOX && judged.ruleId().equals(NO_REASON));
        return isUnknown ? UNKNOWN : REFUSAL;
    }

    private static RefusedEhlo ofBlame(SmtpReply reply, ReplyJudgement judged) {
        if (reply.code() != 501) return REFUSAL;
        return judged.ruleId().equals(SYNTAX) ? UNKNOWN : ARGUMENT_BLAMED;
    }

    boolean allowsHelo() {
        return this != REFUSAL;
    }
}
