package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.fact.ScheduledRetry;
import org.starttlscensus.politeness.FeedbackClassifier;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyJudgement;
import org.starttlscensus.politeness.Retry;
import org.starttlscensus.politeness.RetryRules;

/**
 * A call that is over and not stored yet.
 *
 * @param judgement the class of its result
 * @param feedback  its effect on the pace
 * @param retry     when the endpoint is due again tonight, if it is
 */
public record FinishedCall(
        Permit permit,
        Call call,
        Observation observation,
        ReplyJudgement judgement,
        Feedback feedback,
        Optional<ScheduledRetry> retry) {

    static FinishedCall of(
            Ledger.Permitted permitted, Observation observation, ReplyJudgement judgement, Limits limits) {
        var call = permitted.call();
        return new FinishedCall(
                permitted.permit(),
                call,
                observation,
                judgement,
                FeedbackClassifier.of(observation, judgement, limits),
                Optional.of(call)
                        .filter(made -> (!made.isOnce() || made.isOnDemand())
                                && !made.probeKind().isOldVersion())
                        .flatMap(made -> RetryRules.after(
                                        made.probeKind(),
                                        observation,
                                        judgement,
                                        made.made() + 1,
                                        made.patient(),
                                        limits)
                                .or(() -> oldVersion(made, observation, judgement, limits)))
                        .map(retry -> new ScheduledRetry(
                                observation.startedAt().plus(retry.after()),
                                retry.patient(),
                                retry.probeKind(),
                                retry.kind())));
    }

    /**
     * An endpoint of tonight's old-version sample whose call succeeded with TLS gets one more probe. That probe is not
     * repeated, whatever its result.
     */
    private static Optional<Retry> oldVersion(
            Call made, Observation observation, ReplyJudgement judgement, Limits limits) {
        if (judgement.replyClass() != ReplyClass.OK || observation.tls().isEmpty()) return Optional.empty();
        return made.laterProbe()
                .map(probeKind -> new Retry(limits.endpoint().gap(), false, probeKind, RetryKind.OLD_VERSION));
    }

    /** When the first packet was sent; empty if none was. Then the permit counts in no limit. */
    public Optional<Instant> startedAt() {
        return observation.dialled() ? Optional.of(observation.startedAt()) : Optional.empty();
    }
}
