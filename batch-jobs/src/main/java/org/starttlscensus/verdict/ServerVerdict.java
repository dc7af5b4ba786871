package org.starttlscensus.verdict;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.SmtpReply;

/**
 * The verdict of one night on one endpoint's STARTTLS.
 *
 * @param starttls     whether the server has STARTTLS; empty if unknown
 * @param usable       whether a sender like us can use its STARTTLS; empty unless {@code starttls} is true
 * @param replyCode    of the reply that ended the call
 * @param enhancedCode of the same reply
 * @param detail       see {@link AttemptOutcome}
 * @param observedAt   when the deciding call began
 */
public record ServerVerdict(
        Outcome outcome,
        Optional<Boolean> starttls,
        Optional<Boolean> usable,
        Optional<Integer> replyCode,
        Optional<String> enhancedCode,
        Optional<String> detail,
        Set<OutcomeFlag> flags,
        Optional<Instant> observedAt) {

    public ServerVerdict {
        flags = Set.copyOf(flags);
    }

    /** The verdict on an endpoint that was not called tonight. */
    public static ServerVerdict notAttempted(Outcome reason) {
        if (reason.isAttempt()) throw new IllegalArgumentException(reason.label() + " needs an attempt");
        return new ServerVerdict(
                reason,
                reason.starttls(),
                reason.usable(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty());
    }

    static ServerVerdict of(Outcome outcome, Attempt evidence) {
        return new ServerVerdict(
                outcome,
                outcome.starttls(),
                outcome.usable(),
                evidence.reply().map(SmtpReply::code),
                evidence.reply().flatMap(SmtpReply::enhancedCode),
                evidence.result().detail(),
                evidence.result().flags(),
                Optional.of(evidence.startedAt()));
    }
}
