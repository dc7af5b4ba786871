package org.starttlscensus.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.verdict.ChainVerdict;
import org.starttlscensus.verdict.NameMatch;

/** What a call showed, and the outcome of this call by itself. */
record ObservationJson(
        Instant startedAt,
        Optional<String> source,
        String ehloName,
        Map<String, Double> millis,
        String phase,
        String ending,
        Optional<String> banner,
        Optional<String> ehlo,
        Optional<String> helo,
        Optional<String> starttls,
        Optional<String> afterTls,
        String excerpt,
        Optional<String> detail,
        @JsonProperty("class") String replyClass,
        String rule,
        String outcome,
        Optional<String> tlsVersion,
        Optional<String> cipherSuite,
        Optional<String> keyExchangeGroup,
        Optional<String> signatureScheme,
        Optional<String> offerId,
        Optional<TraitsJson> traits,
        Optional<String> brokeAfter,
        Optional<String> tlsFailure,
        Optional<CertificateJson> certificate,
        Optional<String> chain,
        Optional<List<String>> chainReasons,
        Optional<String> nameMatch) {

    private static final int MOST_OF_A_REPLY = 1_000;

    static ObservationJson of(JudgedCall judged) {
        var seen = judged.seen();
        var tls = seen.shown();
        var failure = seen.tlsFailure();
        return new ObservationJson(
                seen.startedAt(),
                seen.source().map(Address::toString),
                seen.ehloName(),
                millis(seen),
                seen.phase().label(),
                seen.ending().label(),
                seen.banner().map(ObservationJson::text),
                seen.ehlo().map(ObservationJson::text),
                seen.helo().map(ObservationJson::text),
                seen.starttls().map(ObservationJson::text),
                seen.afterTls().map(ObservationJson::text),
                seen.excerpt().first(MOST_OF_A_REPLY).latin1(),
                seen.detail(),
                judged.reply().replyClass().label(),
                judged.reply().ruleId(),
                judged.alone().outcome().label(),
                tls.map(session -> session.version().label()),
                tls.map(TlsSession::cipherSuite),
                tls.flatMap(TlsSession::keyExchangeGroup),
                tls.flatMap(TlsSession::signatureScheme),
                tls.map(TlsSession::offerId).or(() -> failure.flatMap(TlsFailure::offerId)),
                tls.map(session -> TraitsJson.of(session.traits())),
                failure.flatMap(TlsFailure::after).map(HandshakeMessage::label),
                failure.map(one -> one.detail().label()),
                judged.leaf().map(CertificateJson::of),
                judged.chain().map(one -> one.status().label()),
                judged.chain().map(ChainVerdict::reasons),
                judged.name().map(NameMatch::label));
    }

    /** One character per octet (ISO 8859-1). */
    static String text(SmtpReply reply) {
        return reply.raw().first(MOST_OF_A_REPLY).latin1();
    }

    private static Map<String, Double> millis(Observation seen) {
        var millis = new LinkedHashMap<String, Double>();
        for (var phase : CallPhase.values()) {
            var took = seen.took().get(phase);
            if (took != null) millis.put(phase.label(), Math.floorDiv(took.toNanos(), 1_000) / 1e3);
        }
        return millis;
    }
}
