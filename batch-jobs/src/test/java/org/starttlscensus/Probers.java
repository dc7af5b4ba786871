package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.probe.ProbeSettings;
import org.starttlscensus.probe.Prober;
import org.starttlscensus.smtp.Deadlines;
import org.starttlscensus.smtp.ScriptedMailServer;
import org.starttlscensus.smtp.ScriptedSession;
import org.starttlscensus.tls.HandshakeLimits;
import org.starttlscensus.tls.Offer;
import org.starttlscensus.tls.TlsClient;
import org.starttlscensus.verdict.AttemptJudge;
import org.starttlscensus.verdict.Outcome;

/** The prober as a night uses it, for calls to a scripted server, and the outcome of one call. */
public final class Probers {

    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private Probers() {}

    /** Makes one call, because the first handshake of a process is slow on both sides. */
    public static void warmUp() throws Exception {
        try (var server = ScriptedMailServer.with(ScriptedSession::behave)) {
            assertEquals(
                    Outcome.STARTTLS_OK,
                    outcome(at(server, Deadlines.ordinary()).call(server.endpoint(), NOW, _ -> {})));
        }
    }

    static Prober at(ScriptedMailServer server, Deadlines deadlines) {
        return new Prober(
                new ProbeSettings(
                        server.target().getPort(),
                        Optional.empty(),
                        "census.example.org",
                        deadlines,
                        ReplyClassifier::mayNotKnowEhlo),
                _ -> Optional.empty(),
                new TlsClient(Offer.standard(), HandshakeLimits.contract()),
                InstantSource.fixed(NOW));
    }

    static Outcome outcome(Observation seen) {
        return AttemptJudge.of(seen, ReplyClassifier.judge(seen).meaning()).outcome();
    }
}
