package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.politeness.FeedbackClassifier;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyJudgement;
import org.starttlscensus.politeness.Retry;
import org.starttlscensus.politeness.RetryRules;

/**
 * A call that is over and not stored yet.
 *
 * @param judgement what it means for our welcome
 * @param feedback what that does to the pace
 * @param retry     when the endpoint is due again tonight, if it is
 */
public record FinishedCall(
        Permit permit,
        Call call,
        Observation observation,
        ReplyJudgement judgement,
        Feedback feedback,
        Optional<NextAttempt> retry) {

    /** One more attempt, from when on, what it asks, and what it is for. */
    public record NextAttempt(Instant due, boolean patient, ProbeKind probeKind, RetryKind kind) {}

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
                        .filter(made -> !made.isOnce() && !made.probeKind().isOldVersion())
                        .flatMap(made -> RetryRules.after(
                                        observation, judgement, made.made() + 1, made.patient(), limits)
                                .or(() -> oldVersion(made, observation, judgement, limits)))
                        .map(retry -> new NextAttempt(
                                observation.startedAt().plus(retry.after()),
                                retry.patient(),
                                retry.probeKind(),
                                retry.kind())));
    }

    /** Who welcomed us, shook hands, and is in tonight's sample, is asked once more; whatever comes of it, not again. */
    private static Optional<Retry> oldVersion(
            Call made, Observation observation, ReplyJudgement judgement, Limits limits) {
        if (judgement.replyClass() != ReplyClass.OK || observation.tls().isEmpty()) return Optional.empty();
        return made.asksLater()
                .map(probeKind -> new Retry(limits.endpoint().gap(), false, probeKind, RetryKind.OLD_VERSION));
    }

    /** When the first packet was sent; empty if none was, and the permit counts in no limit. */
    public Optional<Instant> startedAt() {
        return observation.dialled() ? Optional.of(observation.startedAt()) : Optional.empty();
    }
}
