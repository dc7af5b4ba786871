package org.starttlscensus.verdict;

import java.util.regex.Pattern;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.SmtpReply;

/**
 * Whether a peer says that we broke the protocol. Asked only of replies that no class explains; never of a greeting, for
 * then we had said nothing.
 */
final class OwnFault {

    private static final Pattern OUT_OF_TURN = Pattern.compile(
            "synchroni[sz]|out of sync|pipelin|protocol[ _-]?(error|violation|sequence)|(sent|data|command|talk)\\w{0,6} (before|too (early|soon))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SEQUENCE = Pattern.compile("sequence|duplicate|helo|ehlo", Pattern.CASE_INSENSITIVE);
    private static final Pattern ARGUMENT = Pattern.compile(
            "syntax|syntactic|argument|parameter|invalid|illegal|malformed|missing|bad|domain|hostname|require",
            Pattern.CASE_INSENSITIVE);

    private OwnFault() {}

    static boolean isBlamed(Observation call) {
        return call.phase() != CallPhase.BANNER && call.lastReply().filter(reply -> isBlamed(call.phase(), reply)).isPresent();
    }

    private static boolean isBlamed(CallPhase phase, SmtpReply reply) {
        return OUT_OF_TURN.matcher(reply.text()).find()
                || (reply.code() == 503 && phase == CallPhase.EHLO && SEQUENCE.matcher(reply.text()).find())
                || (reply.code() == 501 && phase == CallPhase.EHLO && ARGUMENT.matcher(reply.text()).find());
    }
}
