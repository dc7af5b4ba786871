package org.starttlscensus.smtp;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.politeness.ReplyClassifier;

/** Calls to a {@link ScriptedMailServer}, as the census makes them. */
final class Calls {

    static final String OUR_NAME = "census.example.org";
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private Calls() {}

    static Observation at(ScriptedMailServer server) {
        return at(server, Deadlines.ordinary());
    }

    static Observation at(ScriptedMailServer server, Deadlines deadlines) {
        return new SmtpProbe(
                        server.endpoint(),
                        server.target(),
                        Optional.empty(),
                        OUR_NAME,
                        deadlines,
                        ReplyClassifier::mayNotKnowEhlo,
                        new TestTls())
                .run(NOW);
    }
}
