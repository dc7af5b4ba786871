package org.starttlscensus.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.CertificateValidation;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsTraits;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.smtp.ReplyParser;

/** Random observations of anything that a peer might send. Times in microseconds, as the database stores them. */
final class RandomObservations {

    private static final List<String> HOSTILE = List.of(
            "CN=ordinary",
            "CN=\u0000nul\u0000",
            "CN=half \ud800 pair",
            "\udc00",
            "{\"a\",\\b}",
            "",
            "CN=\u202e\u001b]8;;",
            "NULL",
            "a\nb\tc\r",
            "x".repeat(10_000),
            "пример, 例, 🙂");
    private static final List<Instant> ODD_TIMES = List.of(
            Instant.parse("2030-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59Z"),
            Instant.parse("+12345-01-01T00:00:00Z"),
            Instant.parse("0000-01-01T00:00:00Z"),
            Instant.parse("-0001-06-01T00:00:00Z"),
            Instant.MAX,
            Instant.MIN);

    private final Random random;
    private final List<Certificate> certificates;

    RandomObservations(long seed, int certificates) {
        this.random = new Random(seed);
        this.certificates =
                IntStream.range(0, certificates).mapToObj(_ -> certificate()).toList();
    }

    List<Certificate> certificates() {
        return certificates;
    }

    Observation observation(Endpoint endpoint) {
        var phase = one(CallPhase.values());
        var ending = one(Ending.values());
        if (phase == CallPhase.QUIT) ending = Ending.COMPLETED;
        else if (ending == Ending.COMPLETED) ending = Ending.REPLIED;
        var session = maybe(this::session);
        var offer = session.map(TlsSession::offerId).or(() -> maybe(() -> "offer" + random.nextInt(2)));
        var failed = ending == Ending.TLS_FAILURE ? Optional.of(failure(offer)) : maybe(() -> failure(offer));
        var failure = failed.map(one -> session.isPresent() ? one : showing(one));
        return new Observation(
                endpoint,
                maybe(() -> Address.of(random.nextBoolean() ? "192.0.2.7" : "2001:db8::7")),
                "census.example.org",
                Instant.parse("2030-01-01T22:00:00Z").plusNanos(1_000L * random.nextInt(1_000_000_000)),
                took(),
                phase,
                ending,
                maybe(this::reply),
                maybe(this::reply),
                maybe(this::reply),
                maybe(this::reply),
                session,
                failure,
                maybe(this::reply),
                maybe(this::reply),
                octets(random.nextInt(3) == 0 ? 1_000 : 0),
                random.nextInt(98_304),
                maybe(() -> HOSTILE.getFirst()));
    }

    /** A session with all certificates, some of them twice. */
    TlsSession longSession(int length) {
        return session(IntStream.range(0, length)
                .mapToObj(i -> certificates.get(i % certificates.size()).der())
                .toList());
    }

    private TlsSession session() {
        return session(IntStream.range(0, random.nextInt(5))
                .mapToObj(_ ->
                        certificates.get(random.nextInt(certificates.size())).der())
                .toList());
    }

    private TlsSession session(List<Octets> chain) {
        return new TlsSession(
                one(TlsVersion.values()),
                "TLS_AES_256_GCM_SHA384",
                maybe(() -> "x25519"),
                maybe(() -> "ed25519"),
                random.nextBoolean(),
                chain,
                "offer" + random.nextInt(2),
                random.nextInt(3) == 0 ? TlsTraits.NONE : traits());
    }

    private TlsTraits traits() {
        return new TlsTraits(
                maybe(random::nextBoolean),
                maybe(random::nextBoolean),
                random.nextBoolean(),
                random.nextBoolean(),
                maybe(() -> octets(1 + random.nextInt(40))),
                maybe(() -> octets(1 + random.nextInt(40))));
    }

    /** A handshake that broke may have shown any part of a session. */
    private TlsFailure showing(TlsFailure failure) {
        var shown = maybe(this::session);
        return new TlsFailure(
                failure.detail(),
                failure.alert(),
                failure.clientCertificateRequested(),
                failure.after(),
                shown.map(TlsSession::offerId).or(failure::offerId),
                shown);
    }

    private TlsFailure failure(Optional<String> offer) {
        return new TlsFailure(
                one(TlsFailure.Detail.values()),
                maybe(() -> new TlsAlert(random.nextBoolean(), random.nextInt(256), "handshake_failure")),
                random.nextBoolean(),
                maybe(() -> one(HandshakeMessage.values())),
                offer);
    }

    private Map<CallPhase, Duration> took() {
        Map<CallPhase, Duration> took = new EnumMap<>(CallPhase.class);
        for (var phase : CallPhase.values()) {
            if (random.nextBoolean()) took.put(phase, Duration.ofNanos(1_000L * random.nextInt(420_000_000)));
        }
        return took;
    }

    /** A reply as the parser reads it: NUL, carriage returns and octets above 127 are ordinary text. */
    private SmtpReply reply() {
        var text = new StringBuilder();
        int code = 200 + random.nextInt(400);
        for (int line = random.nextInt(4); line >= 0; line--) {
            text.append(code).append(line == 0 ? ' ' : '-');
            for (int i = random.nextInt(60); i > 0; i--) text.append(octet());
            text.append(random.nextBoolean() ? "\r\n" : "\n");
        }
        return ReplyParser.parse(Octets.of(text.toString())).orElseThrow(() -> new AssertionError("no reply: " + text));
    }

    private char octet() {
        var odd = "\0\r\u000b\u0085\u00ff\\\"{}, \t\u001b";
        var octet = random.nextInt(3) == 0 ? odd.charAt(random.nextInt(odd.length())) : (char) random.nextInt(256);
        return octet == '\n' ? '\r' : octet;
    }

    private Certificate certificate() {
        if (random.nextInt(6) == 0) return Certificate.unreadable(octets(200));
        Supplier<String> text = () -> one(HOSTILE);
        return new Certificate(
                octets(200),
                true,
                maybe(text),
                maybe(text),
                maybe(() -> one(ODD_TIMES)),
                maybe(() -> one(ODD_TIMES)),
                maybe(() -> "-1f"),
                maybe(text),
                maybe(() -> random.nextInt()),
                maybe(text),
                maybe(() -> octets(20).sha256()),
                list(text),
                list(text),
                list(text),
                random.nextInt(3),
                random.nextBoolean(),
                maybe(() -> one(List.of(CertificateValidation.values()))),
                maybe(() -> random.nextInt(9)),
                maybe(() -> octets(20).sha256()),
                maybe(() -> octets(20).sha256()));
    }

    private List<String> list(Supplier<String> text) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> text.get())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Octets octets(int most) {
        var bytes = new byte[most];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value.get());
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
