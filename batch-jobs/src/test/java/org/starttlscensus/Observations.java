package org.starttlscensus;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;

/** Builds observations for tests. The facts of the phases before the one in which the call ended are filled in. */
public final class Observations {

    public static final Instant NIGHT = Instant.parse("2030-01-01T22:00:00Z");
    public static final String FULL = "250-mx.example.net\n250-SIZE 1000\n250 8BITMIME";
    public static final String OFFERING = "250-mx.example.net\n250-SIZE 1000\n250 STARTTLS";
    public static final String MUTED = "250-mx.example.net\n250 ENHANCEDSTATUSCODES";
    public static final String MASKED = "250-mx.example.net\n250-SIZE 1000\n250 XXXXXXXA";
    public static final String MASKED_BANNER = "220 ***************0*2******";

    private CallPhase phase = CallPhase.CONNECT;
    private Ending ending = Ending.LOCAL_ERROR;
    private Optional<SmtpReply> banner = Optional.empty();
    private Optional<SmtpReply> ehlo = Optional.empty();
    private Optional<SmtpReply> helo = Optional.empty();
    private Optional<SmtpReply> starttls = Optional.empty();
    private Optional<TlsSession> tls = Optional.empty();
    private Optional<TlsFailure> tlsFailure = Optional.empty();
    private Optional<SmtpReply> afterTls = Optional.empty();
    private Instant startedAt = NIGHT;
    private Address address = Address.of("192.0.2.1");
    private Optional<Integer> received = Optional.empty();
    private Octets excerpt = Octets.NONE;
    private final Map<CallPhase, Duration> took = new EnumMap<>(Map.of(CallPhase.CONNECT, Duration.ofMillis(5)));

    private Observations() {}

    public static Observations ended(CallPhase phase, Ending ending) {
        var call = new Observations();
        call.phase = phase;
        call.ending = ending;
        if (phase.compareTo(CallPhase.BANNER) > 0) call.banner("220 mx.example.net ESMTP");
        if (phase.compareTo(CallPhase.EHLO) > 0) call.ehlo(OFFERING);
        if (phase.compareTo(CallPhase.STARTTLS) > 0) call.starttls("220 go ahead");
        if (phase.compareTo(CallPhase.HANDSHAKE) > 0) call.session(false);
        if (phase == CallPhase.QUIT) call.afterTls(FULL);
        return call;
    }

    /** A call that ended with a reply of the peer in this phase, and our QUIT. */
    public static Observations replied(CallPhase phase, String reply) {
        var call = ended(phase, Ending.REPLIED);
        return switch (phase) {
            case BANNER -> call.banner(reply);
            case EHLO -> call.ehlo(reply);
            case STARTTLS -> call.starttls(reply);
            case AFTER_TLS -> call.afterTls(reply);
            case CONNECT, HANDSHAKE, QUIT -> throw new IllegalArgumentException("no reply ends a call in " + phase);
        };
    }

    public Observations at(String literal) {
        address = Address.of(literal);
        return this;
    }

    public Observations banner(String text) {
        banner = ReplyCorpus.reply(text);
        return this;
    }

    public Observations ehlo(String text) {
        ehlo = ReplyCorpus.reply(text);
        return this;
    }

    public Observations helo(String text) {
        helo = ReplyCorpus.reply(text);
        return this;
    }

    public Observations starttls(String text) {
        starttls = ReplyCorpus.reply(text);
        return this;
    }

    public Observations afterTls(String text) {
        afterTls = ReplyCorpus.reply(text);
        return this;
    }

    public Observations session(boolean clientCertificateRequested) {
        tls = Optional.of(new TlsSession(
                TlsVersion.TLS_1_3,
                "TLS_AES_128_GCM_SHA256",
                Optional.of("x25519"),
                Optional.empty(),
                clientCertificateRequested,
                List.of(),
                "test"));
        return this;
    }

    public Observations failure(
            TlsFailure.Detail detail, int alert, boolean received, boolean clientCertificateRequested) {
        tlsFailure = Optional.of(new TlsFailure(
                detail,
                alert < 0 ? Optional.empty() : Optional.of(new TlsAlert(received, alert, "alert " + alert)),
                clientCertificateRequested));
        return this;
    }

    /** A failure with the last handshake message before it and the offer. */
    public Observations failure(TlsFailure failure) {
        tlsFailure = Optional.of(failure);
        return this;
    }

    public Observations session(String offerId) {
        return session(new TlsSession(
                TlsVersion.TLS_1_3,
                "TLS_AES_128_GCM_SHA256",
                Optional.of("x25519"),
                Optional.empty(),
                false,
                List.of(),
                offerId));
    }

    public Observations session(TlsSession session) {
        tls = Optional.of(session);
        return this;
    }

    public Observations startedAt(Instant instant) {
        startedAt = instant;
        return this;
    }

    public Observations took(CallPhase entered, Duration time) {
        took.put(entered, time);
        return this;
    }

    /** What had come of the reply that never was complete. */
    public Observations excerpt(String latin1) {
        excerpt = Octets.of(latin1);
        return received(excerpt.size());
    }

    public Observations received(int octets) {
        received = Optional.of(octets);
        return this;
    }

    public Observation build() {
        var octets = received.orElse(banner.map(reply -> reply.raw().size()).orElse(0));
        return new Observation(
                new Endpoint(new Hostname("mx.example.net"), address),
                Optional.empty(),
                "census.example.org",
                startedAt,
                took,
                phase,
                ending,
                banner,
                ehlo,
                helo,
                starttls,
                tls,
                tlsFailure,
                afterTls,
                Optional.empty(),
                excerpt,
                octets,
                Optional.empty());
    }
}
