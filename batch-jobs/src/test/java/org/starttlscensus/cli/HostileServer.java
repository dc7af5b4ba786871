package org.starttlscensus.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.tls.TestCertificates;

/** The observation of a server that sends the same text wherever it can. */
final class HostileServer {

    private static final java.security.KeyPair KEY = TestCertificates.ecKey("secp256r1");

    private HostileServer() {}

    static Observation seen(Endpoint endpoint, List<String> words) {
        var all = String.join(" ", words);
        var certificate = TestCertificates.named(KEY, all, words.toArray(String[]::new));
        return new Observation(
                endpoint,
                Optional.of(Address.of("127.0.0.1")),
                "census.example.org",
                Instant.parse("2026-11-23T22:00:00Z"),
                Map.of(CallPhase.CONNECT, Duration.ofMillis(5), CallPhase.BANNER, Duration.ofSeconds(12)),
                CallPhase.QUIT,
                Ending.COMPLETED,
                reply("220", words),
                reply("250", words),
                Optional.empty(),
                reply("220", List.of("go")),
                Optional.of(new TlsSession(
                        TlsVersion.TLS_1_3,
                        "TLS_AES_128_GCM_SHA256",
                        Optional.of("x25519"),
                        Optional.empty(),
                        false,
                        List.of(certificate),
                        "test")),
                Optional.empty(),
                reply("250", words),
                reply("221", words),
                Octets.of(HostileText.octets(all)),
                100,
                Optional.empty());
    }

    private static Optional<SmtpReply> reply(String code, List<String> words) {
        var lines = words.stream()
                .map(HostileText::octets)
                .collect(Collectors.joining("\r\n" + code + "-", code + "-", "\r\n"));
        return Optional.of(SmtpReply.of(Octets.of(lines + code + " STARTTLS\r\n")));
    }
}
