package org.starttlscensus.verdict;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.SmtpReply;

/**
 * What a night says of one endpoint, as far as STARTTLS goes.
 *
 * @param starttls     true, false, or nobody can tell
 * @param usable       whether its STARTTLS can be used by a sender like us; empty unless {@code starttls} is true
 * @param replyCode    of the reply on which the call ended
 * @param enhancedCode of the same reply
 * @param detail       see {@link AttemptOutcome}
 * @param observedAt   when the call began that decided
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

    /** An endpoint that was not called tonight, for a reason of ours. */
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
