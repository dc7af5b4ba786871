package org.starttlscensus.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;

/** One server of a checked domain. */
record CheckedServerJson(
        String mxHost,
        String ip,
        int preference,
        String source,
        Optional<String> whyNot,
        Optional<Instant> notBefore,
        String tried,
        Optional<String> outcome,
        Optional<String> meaning,
        Optional<Boolean> starttls,
        List<String> toDo,
        Optional<Instant> observedAt,
        Optional<String> reply,
        Optional<String> tlsVersion,
        Optional<String> cipherSuite,
        Optional<String> keyExchangeGroup,
        Optional<String> chain,
        Optional<String> nameMatch,
        String shortAnswer,
        List<String> caveats,
        Optional<Instant> askAgainAt,
        Optional<CertificateJson> certificate) {

    static CheckedServerJson of(MeasuredServer server) {
        var endpoint = server.server().endpoint();
        var finding = server.server().finding();
        var notMeasured = Optional.of(finding)
                .filter(Finding.NotMeasured.class::isInstance)
                .map(Finding.NotMeasured.class::cast);
        var seen = server.observation();
        var tls = seen.flatMap(Observation::shown);
        return new CheckedServerJson(
                endpoint.mxHost().ascii(),
                endpoint.address().toString(),
                server.server().preference(),
                source(finding),
                notMeasured.map(not -> not.notMeasuredReason().label()),
                notMeasured.flatMap(Finding.NotMeasured::when),
                CheckWords.of(finding),
                server.outcome().map(Outcome::label),
                server.outcome().map(OutcomeWords::of),
                server.starttls(),
                server.outcome().isPresent() ? server.advice() : List.of(),
                seen.map(Observation::startedAt),
                seen.flatMap(Observation::lastReply).map(ObservationJson::text),
                tls.map(session -> session.version().label()),
                tls.map(TlsSession::cipherSuite),
                tls.flatMap(TlsSession::keyExchangeGroup),
                server.chain().map(ChainStatus::label),
                server.name().map(NameMatch::label),
                server.shortAnswer().label(),
                server.caveats().stream().map(Caveat::label).toList(),
                server.askAgainAt(),
                server.decisive().flatMap(JudgedCall::leaf).map(CertificateJson::of));
    }

    private static String source(Finding finding) {
        return switch (finding) {
            case Finding.Called _ -> "called";
            case Finding.Reused _ -> "reused";
            case Finding.NotMeasured _ -> "not_called";
        };
    }
}
