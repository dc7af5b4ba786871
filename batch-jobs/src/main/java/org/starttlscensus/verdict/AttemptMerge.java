package org.starttlscensus.verdict;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Merges the attempts of one night at one endpoint. The strongest evidence wins: an attempt that found nothing never
 * overwrites a finding.
 *
 * <p>The result is never {@code no_starttls}: that needs a confirmation call, whose conditions these attempts do not
 * show.
 */
public final class AttemptMerge {

    /**
     * Evidence in descending strength, regardless of its time. The first kind that occurs wins, by its latest attempt.
     */
    private static final List<Predicate<Outcome>> STRONGEST_FIRST = List.of(
            outcome -> outcome == Outcome.STARTTLS_OK,
            outcome -> outcome == Outcome.CLIENT_CERT_REQUIRED,
            outcome -> outcome == Outcome.TLS_FAILED,
            AttemptMerge::needsAnotherLook,
            outcome -> outcome == Outcome.NO_STARTTLS_UNCONFIRMED);

    private AttemptMerge() {}

    /**
     * Where nothing is known of earlier nights. A call that was not to say STARTTLS was made because of a confirmed
     * refusal, so its EHLO rests on that.
     *
     * @param attempts at least one; in any order
     * @param retryGap the least time between two attempts that confirm each other: 30 minutes, shorter in the lab
     */
    public static ServerVerdict of(List<Attempt> attempts, Duration retryGap) {
        return of(
                attempts,
                retryGap,
                attempts.stream().anyMatch(attempt -> attempt.result().flags().contains(OutcomeFlag.NOT_ASKED)));
    }

    /**
     * @param refusedBefore whether a confirmed {@code tls_unavailable} of the address still stands; then one more 454
     *                      confirms it, and so does an EHLO that advertises STARTTLS where it was not to be said
     */
    public static ServerVerdict of(List<Attempt> attempts, Duration retryGap, boolean refusedBefore) {
        if (attempts.isEmpty()) throw new IllegalArgumentException("nothing to merge: use ServerVerdict.notAttempted");
        var inOrder = attempts.stream()
                .sorted(Comparator.comparing(Attempt::startedAt))
                .toList();
        var real = inOrder.stream()
                .filter(attempt -> attempt.outcome().isAttempt())
                .toList();
        var looks = real.isEmpty() ? inOrder : real;
        var confirmed = isConfirmed(looks, retryGap) || isStillRefused(looks, refusedBefore);
        var evidence = STRONGEST_FIRST.stream()
                .map(wanted -> latest(looks, attempt -> wanted.test(settled(attempt, confirmed))))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> latest(looks, Attempt::answered))
                .orElseGet(looks::getLast);
        return ServerVerdict.of(settled(evidence, confirmed), evidence);
    }

    /**
     * A server that advertises STARTTLS and then refuses it may have a temporary problem, so a retry must confirm it. A
     * 454 and a 5xx confirm each other; the later one gives the outcome.
     */
    private static boolean isConfirmed(List<Attempt> looks, Duration retryGap) {
        var seen = looks.stream()
                .filter(attempt -> needsAnotherLook(attempt.outcome()))
                .map(Attempt::startedAt)
                .toList();
        return seen.size() > 1 && !seen.getFirst().plus(retryGap).isAfter(seen.getLast());
    }

    private static boolean isStillRefused(List<Attempt> looks, boolean refusedBefore) {
        return refusedBefore && looks.stream().anyMatch(attempt -> attempt.outcome() == Outcome.TLS_UNAVAILABLE);
    }

    private static Outcome settled(Attempt attempt, boolean confirmed) {
        return needsAnotherLook(attempt.outcome()) && !confirmed ? Outcome.TEMP_UNAVAILABLE : attempt.outcome();
    }

    private static boolean needsAnotherLook(Outcome outcome) {
        return outcome == Outcome.TLS_UNAVAILABLE || outcome == Outcome.STARTTLS_REFUSED;
    }

    private static Optional<Attempt> latest(List<Attempt> looks, Predicate<Attempt> wanted) {
        return looks.reversed().stream().filter(wanted).findFirst();
    }
}
