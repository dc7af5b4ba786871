package org.starttlscensus.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.ondemand.CheckedServer;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.store.ExplainedServer;
import org.starttlscensus.store.Explanations;
import org.starttlscensus.verdict.Attempt;
import org.starttlscensus.verdict.AttemptMerge;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;

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

    /** The stored verdict if it is "no STARTTLS", which needs two calls; else the outcome of the calls together. */
    private static Optional<Outcome> outcome(ExplainedServer evidence, List<JudgedCall> seen, Duration retryGap) {
        var judged =
                evidence.verdict().map(verdict -> Outcome.of(verdict.outcome())).filter(Outcome.NO_STARTTLS::equals);
        if (judged.isPresent() || seen.isEmpty()) return judged;
        var attempts = new ArrayList<Attempt>();
        seen.forEach(one -> attempts.add(Attempt.of(one.seen(), one.reply().meaning())));
        return Optional.of(AttemptMerge.of(attempts, retryGap).outcome());
    }

    Optional<Boolean> starttls() {
        return outcome.flatMap(Outcome::starttls);
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
