package org.starttlscensus.job;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.store.PlannedEndpoint;
import org.starttlscensus.store.PlannedEndpoint.StoredCall;
import org.starttlscensus.store.ServerVerdictRow;
import org.starttlscensus.tls.CertificateReader;
import org.starttlscensus.tls.OcspResponseReader;
import org.starttlscensus.verdict.Attempt;
import org.starttlscensus.verdict.AttemptMerge;
import org.starttlscensus.verdict.ClientHelloIntolerance;
import org.starttlscensus.verdict.NameJudge;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;
import org.starttlscensus.verdict.OutcomeFlag;
import org.starttlscensus.verdict.RevocationJudge;
import org.starttlscensus.verdict.ServerNameRefusal;
import org.starttlscensus.verdict.ServerVerdict;

/**
 * Judges the calls of one endpoint in one night: replies, outcome, certificate chain, name, revocation. Not
 * thread-safe.
 */
final class ServerJudge {

    private final ChainVerdictCache chains;
    private final Duration retryGap;

    /** @param retryGap the least time between two calls that confirm each other */
    ServerJudge(ChainVerdictCache chains, Duration retryGap) {
        this.chains = chains;
        this.retryGap = retryGap;
    }

    ServerVerdictRow judge(PlannedEndpoint planned) {
        if (planned.calls().isEmpty()) return notCalled(planned);
        var merged = AttemptMerge.of(
                planned.calls().stream()
                        .map(StoredCall::observation)
                        .map(seen ->
                                Attempt.of(seen, ReplyClassifier.judge(seen).meaning()))
                        .toList(),
                retryGap,
                planned.starttlsRefused().isPresent());
        return row(planned, merged, withTls(planned.calls()));
    }

    private static ServerVerdictRow notCalled(PlannedEndpoint planned) {
        var reason = planned.notAttempted().map(Outcome::of);
        if (reason.isEmpty() && !planned.abandoned()) {
            throw new IllegalStateException(
                    "%s was planned and not called, and no reason is stored".formatted(planned.endpoint()));
        }
        var verdict = ServerVerdict.notAttempted(planned.abandoned() ? Outcome.LOCAL_ERROR : reason.orElseThrow());
        return new ServerVerdictRow(
                planned.endpointId(),
                verdict.outcome().label(),
                verdict.starttls(),
                verdict.usable(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                planned.abandoned() ? Optional.of("abandoned") : planned.detail(),
                List.of());
    }

    private ServerVerdictRow row(PlannedEndpoint planned, ServerVerdict merged, Optional<StoredCall> withTls) {
        var session = withTls.flatMap(call -> call.observation().shown());
        // A handshake that broke before any certificate came does not show that there is none.
        var withChain = withTls.filter(
                call -> call.observation().tls().isPresent() || call.chainId().isPresent());
        var observedAt = withTls.orElse(planned.calls().getLast()).observation().startedAt();
        return new ServerVerdictRow(
                planned.endpointId(),
                merged.outcome().label(),
                merged.starttls(),
                merged.usable(),
                merged.replyCode(),
                merged.enhancedCode(),
                withTls.flatMap(StoredCall::tlsProfileId),
                session.flatMap(ServerJudge::leaf).map(Octets::sha256),
                withChain.map(call -> chains.at(call.chainId(), observedAt)),
                withChain.map(call -> chains.withKnownIntermediates(call.chainId(), observedAt)),
                session.flatMap(tls -> name(tls, planned.endpoint())),
                session.flatMap(tls -> revoked(tls, observedAt)),
                planned.calls().size(),
                merged.observedAt(),
                detail(planned, merged),
                flags(merged, planned.calls()));
    }

    /** A value that rests on another call says on which night it was made. */
    private static Optional<String> detail(PlannedEndpoint planned, ServerVerdict merged) {
        if (!merged.flags().contains(OutcomeFlag.NOT_ASKED)) return merged.detail();
        return Optional.of(planned.starttlsRefused()
                .map("STARTTLS was last refused on %s"::formatted)
                .orElse("STARTTLS was left to another name of the address, and was not refused to it"));
    }

    private static List<String> flags(ServerVerdict merged, List<StoredCall> calls) {
        var seen = calls.stream().map(StoredCall::observation).toList();
        var flags = EnumSet.noneOf(OutcomeFlag.class);
        flags.addAll(merged.flags());
        if (ClientHelloIntolerance.isNeeded(seen)) flags.add(OutcomeFlag.SMALL_HELLO);
        if (ServerNameRefusal.isShown(seen)) flags.add(OutcomeFlag.SNI_REFUSED);
        return flags.stream().map(OutcomeFlag::label).sorted().toList();
    }

    /** The latest call whose handshake finished; if none did, the latest that showed anything of one. */
    private static Optional<StoredCall> withTls(List<StoredCall> calls) {
        return latest(calls, Observation::tls).or(() -> latest(calls, Observation::shown));
    }

    private static Optional<StoredCall> latest(
            List<StoredCall> calls, Function<Observation, Optional<TlsSession>> showed) {
        return calls.reversed().stream()
                .filter(call -> showed.apply(call.observation()).isPresent())
                .findFirst();
    }

    private static Optional<String> name(TlsSession session, Endpoint endpoint) {
        return leaf(session)
                .flatMap(der -> NameJudge.of(CertificateReader.read(der), endpoint.mxHost()))
                .map(NameMatch::label);
    }

    private static Optional<Boolean> revoked(TlsSession session, Instant observedAt) {
        return session.traits()
                .stapledOcsp()
                .map(OcspResponseReader::read)
                .flatMap(staple -> RevocationJudge.of(staple, session.chain(), observedAt));
    }

    private static Optional<Octets> leaf(TlsSession session) {
        return session.chain().stream().findFirst();
    }
}
