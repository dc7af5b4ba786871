package org.starttlscensus.smtp;

import java.util.List;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.EhloShape;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.politeness.ReplyClassifier;

/** Any octets are a reply or none. A reply has a class in every phase and can be stored in the database. */
public final class ReplyFuzz {

    private static final List<CallPhase> ANSWERED =
            List.of(CallPhase.BANNER, CallPhase.EHLO, CallPhase.STARTTLS, CallPhase.AFTER_TLS);

    private ReplyFuzz() {}

    public static void fuzzerTestOneInput(byte[] sent) {
        ReplyParser.parse(Octets.of(sent)).ifPresent(ReplyFuzz::judge);
    }

    private static void judge(SmtpReply reply) {
        var stored = SmtpReply.of(reply.raw());
        if (!stored.equals(reply)) throw new AssertionError(reply + " <> " + stored);
        reply.enhancedCode();
        EhloShape.of(reply);
        EhloShape.isMaskedBanner(reply);
        for (var phase : ANSWERED) {
            for (var advertised : List.of(true, false)) {
                var judged = ReplyClassifier.judge(phase, advertised, reply);
                if (!judged.equals(ReplyClassifier.judge(phase, advertised, stored))) throw new AssertionError(judged);
            }
        }
    }
}
