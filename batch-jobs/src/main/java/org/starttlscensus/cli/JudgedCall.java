package org.starttlscensus.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.politeness.ReplyJudgement;
import org.starttlscensus.tls.CertificateReader;
import org.starttlscensus.tls.OcspResponseReader;
import org.starttlscensus.verdict.AttemptJudge;
import org.starttlscensus.verdict.AttemptOutcome;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.ChainVerdict;
import org.starttlscensus.verdict.NameJudge;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.RevocationJudge;

/**
 * One stored call, judged again from its facts, because the reasons of a verdict are not stored.
 *
 * @param chain     empty if no handshake came to the certificates, or if the night's trust store is not available
 * @param isRevoked whether the server itself sends a valid response that its certificate is revoked
 */
record JudgedCall(
        Observation seen,
        ReplyJudgement reply,
        AttemptOutcome alone,
        Optional<Certificate> leaf,
        Optional<ChainVerdict> chain,
        Optional<NameMatch> name,
        boolean isRevoked) {

    private static boolean isRevoked(Observation seen) {
        return seen.shown()
                .flatMap(tls -> tls.traits()
                        .stapledOcsp()
                        .map(OcspResponseReader::read)
                        .flatMap(staple -> RevocationJudge.of(staple, tls.chain(), seen.startedAt())))
                .orElse(false);
    }

    /** The last call whose TLS handshake finished, else the last that showed anything of one, else the last. */
    static Optional<JudgedCall> decisive(List<JudgedCall> calls) {
        return last(calls, call -> call.seen().tls().isPresent())
                .or(() -> last(calls, call -> call.seen().shown().isPresent()))
                .or(() -> last(calls, _ -> true));
    }

    private static Optional<JudgedCall> last(List<JudgedCall> calls, Predicate<JudgedCall> wanted) {
        return calls.reversed().stream().filter(wanted).findFirst();
    }

    static JudgedCall of(Observation seen, Optional<ChainJudge> chains) {
        var reply = ReplyClassifier.judge(seen);
        var leaf = seen.shown()
                .map(TlsSession::chain)
                .flatMap(chain -> chain.stream().findFirst())
                .map(CertificateReader::read);
        return new JudgedCall(
                seen,
                reply,
                AttemptJudge.of(seen, reply.meaning()),
                leaf,
                // A handshake that broke before any certificate came does not show that there is none.
                seen.shown()
                        .filter(tls -> seen.tls().isPresent() || !tls.chain().isEmpty())
                        .flatMap(tls -> chains.map(judge -> judge.judge(tls.chain(), seen.startedAt()))),
                leaf.flatMap(
                        certificate -> NameJudge.of(certificate, seen.endpoint().mxHost())),
                isRevoked(seen));
    }
}
