package org.starttlscensus.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.Provider;

/**
 * One address of a mail host on a night: plan, calls, verdict.
 *
 * @param plan    empty if it is not in the night's plan
 * @param verdict empty before the night is judged
 */
public record ExplainedServer(
        Endpoint endpoint, Optional<Plan> plan, List<ExplainedCall> calls, Optional<ExplainedServerVerdict> verdict) {

    public ExplainedServer {
        calls = List.copyOf(calls);
    }

    /**
     * @param notAttempted why it is not called; empty if it is
     * @param donor        the host on the same address from which it inherits
     */
    public record Plan(
            String provider,
            Provider.Source providerSource,
            boolean isPrimary,
            boolean isImplicit,
            Optional<NotAttempted> notAttempted,
            Optional<String> detail,
            Optional<String> donor) {}

    /**
     * A permit and its call.
     *
     * @param patient     whether it had the patient deadlines
     * @param retryAt     when the server was due again after this call
     * @param signal      recorded in the ledger when the call ended; empty while the permit is open
     * @param rule        the rule that gave the class
     * @param observation empty if nothing is known of the call
     * @param probeKind   what it asked
     * @param oldVersion  for a call of the old-version campaign: a summary of the result
     */
    public record ExplainedCall(
            long permitId,
            int attempt,
            boolean patient,
            Instant startAt,
            Optional<PermitSignal> signal,
            Optional<String> rule,
            Optional<Instant> retryAt,
            Optional<Observation> observation,
            ProbeKind probeKind,
            Optional<String> oldVersion) {}

    /** As stored, in the labels of docs/outcomes.md. */
    public record ExplainedServerVerdict(
            String outcome,
            Optional<Boolean> starttls,
            Optional<Boolean> usable,
            Optional<Integer> replyCode,
            Optional<String> enhancedCode,
            Optional<String> chain,
            boolean weak,
            Optional<String> nameMatch,
            Optional<Boolean> revoked,
            Optional<String> detail,
            List<String> flags,
            String methodVersion) {

        public ExplainedServerVerdict {
            flags = List.copyOf(flags);
        }
    }
}
