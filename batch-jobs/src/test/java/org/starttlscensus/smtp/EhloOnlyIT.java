package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.verdict.Attempt;
import org.starttlscensus.verdict.AttemptMerge;
import org.starttlscensus.verdict.OutcomeFlag;

/** A call that must not say STARTTLS: EHLO and QUIT, whatever EHLO shows. */
class EhloOnlyIT {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "250-mx.example.org~250-SIZE 1000~250 STARTTLS   | tls_unavailable         | not_asked",
                "250-mx.example.org~250 SIZE 1000                | no_starttls_unconfirmed |",
                "250-mx.example.org~250-SIZE 1000~250 XXXXXXXA   | starttls_stripped       |",
                "250-mx.example.org~250 ENHANCEDSTATUSCODES      | blocked_suspected       | muted_ehlo",
                "554 5.7.1 blocked using zen.example.org         | blocked                 |"
            })
    void saysNoStarttls(String ehlo, String outcome, String flag) throws Exception {
        try (var server = ScriptedMailServer.with(session -> {
            session.send("220 mx.example.org ESMTP\r\n");
            session.readCommand();
            session.send(ehlo.replace("~", "\r\n") + "\r\n");
            session.answerQuit();
        })) {
            var seen = call(server);
            assertEquals(
                    List.of("EHLO census.example.org\r\n", "QUIT\r\n"),
                    server.session().commands());
            assertEquals(Ending.REPLIED, seen.ending());
            var merged = AttemptMerge.of(
                    List.of(Attempt.of(seen, ReplyClassifier.judge(seen).meaning())), Duration.ofMinutes(30));
            assertEquals(outcome, merged.outcome().label());
            assertEquals(flag == null ? Set.of() : Set.of(OutcomeFlag.of(flag)), merged.flags());
        }
    }

    private static Observation call(ScriptedMailServer server) {
        return new SmtpProbe(
                        server.endpoint(),
                        server.target(),
                        Optional.empty(),
                        Calls.OUR_NAME,
                        Deadlines.ordinary(),
                        ReplyClassifier::mayNotKnowEhlo,
                        Optional.empty())
                .run(Calls.NOW);
    }
}
