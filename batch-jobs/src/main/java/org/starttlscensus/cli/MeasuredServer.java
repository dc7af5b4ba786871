package org.starttlscensus.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.ondemand.CheckedServer;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.ondemand.CheckedServer.NotMeasuredReason;
import org.starttlscensus.ondemand.DomainCheck;
import org.starttlscensus.store.ExplainedServer;
import org.starttlscensus.store.Explanations;
import org.starttlscensus.verdict.Attempt;
import org.starttlscensus.verdict.AttemptMerge;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;
import org.starttlscensus.verdict.Vote;

/**
 * A checked server with the calls of its night.
 *
 * @param calls    in their order, each with what it showed
 * @param outcome  of all calls together; empty if it was not called
 * @param decisive the one of these calls that decides what is said of TLS
 */
record MeasuredServer(
        CheckedServer server,
        List<ExplainedServer.ExplainedCall> calls,
        Optional<Outcome> outcome,
        Optional<JudgedCall> decisive) {

    /** What the calls of a night may not show by themselves. */
    private static final Set<Outcome> RESTING_ON_MORE = Set.of(Outcome.NO_STARTTLS, Outcome.TLS_UNAVAILABLE);

    /**
     * @param retryGap  the least time between two calls that confirm each other
     * @param confirmed the addresses of which two looks confirm that they have no STARTTLS
     */
    static MeasuredServer of(
            CheckedServer server,
            Explanations explanations,
            Optional<ChainJudge> chains,
            Duration retryGap,
            Set<Address> confirmed) {
        var evidence =
                night(server.finding())
                        .flatMap(night ->
                                explanations.host(night, server.endpoint().mxHost()))
                        .stream()
                        .flatMap(host -> host.servers().stream())
                        .filter(one -> one.endpoint().equals(server.endpoint()))
                        .findFirst();
        var calls = evidence.map(ExplainedServer::calls).orElse(List.of());
        var seen = calls.stream()
                .flatMap(call -> call.observation().stream())
                .map(one -> JudgedCall.of(one, chains))
                .toList();
        return new MeasuredServer(
                server,
                calls,
                evidence.flatMap(one -> outcome(one, seen, retryGap))
                        .map(one -> one == Outcome.NO_STARTTLS_UNCONFIRMED
                                        && confirmed.contains(server.endpoint().address())
                                ? Outcome.NO_STARTTLS
                                : one),
                JudgedCall.decisive(seen));
    }

    private static Optional<CensusNight> night(Finding finding) {
        return switch (finding) {
            case Finding.Called(var night) -> Optional.of(night);
            case Finding.Reused(var night, var _, var _) -> Optional.of(night);
            case Finding.NotMeasured _ -> Optional.empty();
        };
    }

    /** The stored verdict if it rests on more than these calls; else the outcome of the calls together. */
    private static Optional<Outcome> outcome(ExplainedServer evidence, List<JudgedCall> seen, Duration retryGap) {
        var judged =
                evidence.verdict().map(verdict -> Outcome.of(verdict.outcome())).filter(RESTING_ON_MORE::contains);
        if (judged.isPresent() || seen.isEmpty()) return judged;
        var attempts = new ArrayList<Attempt>();
        seen.forEach(one -> attempts.add(Attempt.of(one.seen(), one.reply().meaning())));
        return Optional.of(AttemptMerge.of(attempts, retryGap).outcome());
    }

    Optional<Boolean> starttls() {
        return outcome.flatMap(Outcome::starttls);
    }

    Hostname mxHost() {
        return server.endpoint().mxHost();
    }

    /** @param isImplicit whether its domain has no MX record */
    Vote vote(boolean isImplicit) {
        return outcome.map(one -> Vote.of(one, one.starttls(), isImplicit)).orElseGet(() -> switch (server.finding()) {
            case Finding.NotMeasured(var reason, var _, var _) -> voteOf(reason);
            case Finding.Called _, Finding.Reused _ -> Vote.UNKNOWN;
        });
    }

    private static Vote voteOf(NotMeasuredReason reason) {
        return switch (reason) {
            case SPECIAL_ADDRESS -> Vote.SPECIAL;
            case NO_IPV6, NO_IPV4 -> Vote.OTHER_FAMILY;
            case OPTED_OUT -> Vote.OPTED_OUT;
            case SUSPENDED,
                    BUDGET,
                    CALLED_BEFORE,
                    HELD_BY_OPERATOR,
                    LATER,
                    PLANNED,
                    RUN_AT_WORK,
                    DATABASE_BUSY,
                    STOPPED,
                    BEYOND_THE_CAP -> Vote.UNKNOWN;
        };
    }

    Optional<Observation> observation() {
        return decisive.map(JudgedCall::seen);
    }

    Optional<ChainStatus> chain() {
        return decisive.flatMap(JudgedCall::chain).map(chain -> chain.status());
    }

    Optional<NameMatch> name() {
        return decisive.flatMap(JudgedCall::name);
    }

    /**
     * The outcome, or what the only look so far showed: one refusal of STARTTLS is no finding yet, but the operator is
     * to know of it.
     */
    Optional<Outcome> shown() {
        return outcome.map(one -> one == Outcome.TEMP_UNAVAILABLE
                ? decisive.map(call -> call.alone().outcome())
                        .filter(MeasuredServer::isRefusedStarttls)
                        .orElse(one)
                : one);
    }

    /** Whether one look alone showed it, so that another has to confirm it. */
    boolean isSeenOnce() {
        return !shown().equals(outcome);
    }

    private static boolean isRefusedStarttls(Outcome one) {
        return one == Outcome.TLS_UNAVAILABLE || one == Outcome.STARTTLS_REFUSED;
    }

    /** Whether mail can be sent to it over TLS. */
    ShortAnswer shortAnswer() {
        var answer = shown().map(ShortAnswer::of).orElse(ShortAnswer.UNKNOWN);
        return answer == ShortAnswer.YES && !caveats().isEmpty() ? ShortAnswer.YES_BUT : answer;
    }

    /** What comes behind "yes, but"; worst first. */
    List<Caveat> caveats() {
        return shown().filter(one -> switch (ShortAnswer.of(one)) {
                    case YES, YES_BUT -> true;
                    case NO, UNKNOWN, NO_MAIL -> false;
                })
                .map(one -> Caveats.of(one, decisive, looks() == 1))
                .orElse(List.of());
    }

    /** The answer and its reason in a few words. */
    String words() {
        var answer = shortAnswer();
        return switch (answer) {
            case YES -> answer.words();
            case YES_BUT ->
                "%s %s%s"
                        .formatted(
                                answer.words(),
                                caveats().stream().map(Caveat::words).collect(Collectors.joining(", ")),
                                isSeenOnce() ? " (one look so far)" : "");
            case NO, UNKNOWN, NO_MAIL ->
                "%s: %s"
                        .formatted(
                                answer.words(),
                                shown().map(OutcomeWords::of).orElseGet(() -> CheckWords.of(server.finding())));
        };
    }

    /**
     * When it is due again after its only call, or may be called at the earliest; empty if that is not known. After a
     * finished handshake only the old-version campaign asks again, which tells the domain's postmaster nothing new.
     */
    Optional<Instant> askAgainAt() {
        return switch (server.finding()) {
            case Finding.NotMeasured(var _, var _, var when) -> when;
            case Finding.Reused(var _, var _, var instead)
            when instead.isPresent() -> instead.flatMap(Finding.NotMeasured::when);
            case Finding.Called _, Finding.Reused _ ->
                looks() == 1 && !server.isImplicit() && !hasFinishedHandshake()
                        ? calls.stream()
                                .flatMap(call -> call.retryAt().stream())
                                .findFirst()
                        : Optional.empty();
        };
    }

    /** Why it was not called although a call was due, or asked for; empty if it was, or none was due. */
    Optional<NotMeasuredReason> leftOut() {
        return switch (server.finding()) {
            case Finding.NotMeasured(var reason, var _, var _) -> Optional.of(reason);
            case Finding.Reused(var _, var _, var instead) -> instead.map(Finding.NotMeasured::notMeasuredReason);
            case Finding.Called _ -> Optional.empty();
        };
    }

    /** Whether a look has shown something, so that the next is its second. */
    boolean wasSeen() {
        return looks() > 0;
    }

    private boolean hasFinishedHandshake() {
        return decisive.filter(call -> call.seen().tls().isPresent()).isPresent();
    }

    private long looks() {
        return calls.stream().filter(call -> call.observation().isPresent()).count();
    }

    /** When the result is too old to be used again. */
    Optional<Instant> keptUntil() {
        return calls.stream()
                .flatMap(call -> call.observation().stream())
                .map(Observation::startedAt)
                .max(Comparator.naturalOrder())
                .map(at -> at.plus(DomainCheck.REUSE_PERIOD));
    }

    /** What the server's operator can do, the most important first; one line each. */
    List<String> advice() {
        var advice = new LinkedHashSet<String>();
        caveats().forEach(caveat -> advice.add(caveat.advice()));
        if (advice.isEmpty())
            advice.add(shown().map(Advice::of).orElseGet(() -> switch (server.finding()) {
                case Finding.NotMeasured(var reason, var _, var _) -> CheckWords.advice(reason);
                case Finding.Called _, Finding.Reused _ -> Advice.of(Outcome.LOCAL_ERROR);
            }));
        return List.copyOf(advice);
    }
}
