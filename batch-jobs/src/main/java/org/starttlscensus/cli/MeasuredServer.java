package org.starttlscensus.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.ondemand.CheckedServer;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.ondemand.CheckedServer.NotMeasuredReason;
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
 * @param decisive the last call whose TLS handshake finished, else the last that showed anything of one, else the last
 */
record MeasuredServer(
        CheckedServer server,
        List<ExplainedServer.ExplainedCall> calls,
        Optional<Outcome> outcome,
        Optional<JudgedCall> decisive) {

    /** What the calls of a night may not show by themselves. */
    private static final Set<Outcome> RESTING_ON_MORE = Set.of(Outcome.NO_STARTTLS, Outcome.TLS_UNAVAILABLE);

    /** @param retryGap the least time between two calls that confirm each other */
    static MeasuredServer of(
            CheckedServer server, Explanations explanations, Optional<ChainJudge> chains, Duration retryGap) {
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
                evidence.flatMap(one -> outcome(one, seen, retryGap)),
                seen.reversed().stream()
                        .filter(one -> one.seen().tls().isPresent())
                        .findFirst()
                        .or(() -> seen.reversed().stream()
                                .filter(one -> one.seen().shown().isPresent())
                                .findFirst())
                        .or(() -> seen.reversed().stream().findFirst()));
    }

    private static Optional<CensusNight> night(Finding finding) {
        return switch (finding) {
            case Finding.Called(var night) -> Optional.of(night);
            case Finding.Reused(var night, var _) -> Optional.of(night);
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
            case SUSPENDED, BUDGET, CALLED_BEFORE, HELD_BY_OPERATOR, LATER, PLANNED, RUN_AT_WORK, BEYOND_THE_CAP ->
                Vote.UNKNOWN;
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

    /** What the server's operator can do, the most important first; one line each. */
    List<String> advice() {
        var advice = new ArrayList<String>();
        outcome.filter(one -> one != Outcome.STARTTLS_OK).ifPresent(one -> advice.add(Advice.of(one)));
        chain().filter(one -> one != ChainStatus.TRUSTED).ifPresent(one -> advice.add(Advice.of(one)));
        name().filter(one -> one != NameMatch.MATCH).ifPresent(one -> advice.add(Advice.of(one)));
        return advice.isEmpty() ? List.of("nothing") : advice;
    }
}
