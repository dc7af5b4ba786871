package org.starttlscensus.proof;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.ReplyCorpus;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.probe.ProbeSettings;
import org.starttlscensus.probe.Prober;
import org.starttlscensus.smtp.Deadlines;
import org.starttlscensus.smtp.LooseReplies;
import org.starttlscensus.smtp.ScriptedMailServer;
import org.starttlscensus.smtp.ScriptedSession;
import org.starttlscensus.tls.HandshakeLimits;
import org.starttlscensus.tls.Offer;
import org.starttlscensus.tls.TlsClient;
import org.starttlscensus.verdict.Attempt;
import org.starttlscensus.verdict.AttemptMerge;
import org.starttlscensus.verdict.Outcome;

/**
 * I13: servers that have STARTTLS, each with one fault: every reply of the corpus in its phase, and faults without a
 * reply. Each is called twice, half an hour apart by the clock of the calls, and judged as in a night.
 */
final class FaultMatrix {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final double PATIENCE = 0.005;

    private final Map<String, ScriptedMailServer.Script> faults = new LinkedHashMap<>();

    FaultMatrix() {
        for (var row : ReplyCorpus.rows()) {
            if (row.expected().equals("no_starttls") && row.phase() == CallPhase.EHLO)
                continue; // this reply is correct evidence
            faults.put(row.toString(), session -> play(session, row));
        }
        faults.put("muted", session -> afterEhlo(session, "250-mx.example.org\r\n250 ENHANCEDSTATUSCODES\r\n"));
        faults.put("masked", session -> {
            session.send("220 **************************\r\n");
            session.readCommand();
            session.send("250-mx.example.org\r\n250 XXXXXXXA\r\n");
            refuseTheRest(session);
        });
        LooseReplies.all().forEach((name, replies) -> {
            faults.put(name, session -> play(session, replies));
            if (name.startsWith("EHLO "))
                faults.put("refused after " + name, session -> afterEhlo(session, replies.ehlo()));
        });
        for (var greeting : List.of("220************************", "************************", "hello"))
            faults.put("greeting " + greeting, session -> {
                session.send(greeting + "\r\n");
                session.hangUp();
            });
        faults.put("closes", ScriptedSession::hangUp);
        faults.put("resets", ScriptedSession::reset);
        faults.put("silent", ScriptedSession::awaitEnd);
        faults.put("one octet a second", session -> {
            for (var octet : "220 mx.example.org ESMTP and so on for ever".split("")) {
                session.send(octet);
                if (!session.isSilentFor(Duration.ofMillis(5))) return;
            }
            session.awaitEnd();
        });
        faults.put("closes after EHLO", session -> {
            session.send("220 mx.example.org ESMTP\r\n");
            session.readCommand();
            session.hangUp();
        });
        faults.put("half an EHLO reply", session -> {
            session.send("220 mx.example.org ESMTP\r\n");
            session.readCommand();
            session.send("250-mx.example.org\r\n250-SIZE 1000\r\n");
            session.hangUp();
        });
    }

    Invariant measure() throws Exception {
        var violations = new ArrayList<String>();
        for (var fault : faults.entrySet()) {
            var outcome = twice(fault.getValue());
            if (outcome == Outcome.NO_STARTTLS || outcome == Outcome.NO_STARTTLS_UNCONFIRMED)
                violations.add(fault.getKey() + " came to " + outcome.label());
        }
        return new Invariant(
                "I13",
                "\"no STARTTLS\" for servers that have it, over all faults",
                "0",
                "%d of %,d faults".formatted(violations.size(), faults.size()),
                violations);
    }

    private static Outcome twice(ScriptedMailServer.Script script) throws Exception {
        try (var server = ScriptedMailServer.with(script)) {
            var attempts = new ArrayList<Attempt>();
            for (var at : List.of(NOW, NOW.plus(Duration.ofMinutes(31)))) {
                var seen = call(server, at);
                attempts.add(Attempt.of(seen, ReplyClassifier.judge(seen).meaning()));
            }
            return AttemptMerge.of(attempts, Duration.ofMinutes(30)).outcome();
        }
    }

    private static Observation call(ScriptedMailServer server, Instant at) {
        var prober = new Prober(
                new ProbeSettings(
                        server.target().getPort(),
                        Optional.empty(),
                        "census.example.org",
                        Deadlines.ordinary().scaled(PATIENCE),
                        ReplyClassifier::mayNotKnowEhlo),
                _ -> Optional.empty(),
                new TlsClient(Offer.standard(), HandshakeLimits.contract()),
                () -> at);
        return prober.call(server.endpoint(), at, _ -> {});
    }

    private static void play(ScriptedSession session, ReplyCorpus.Row row) throws Exception {
        var reply = row.text().replace("\n", "\r\n") + "\r\n";
        switch (row.phase()) {
            case BANNER -> {
                session.send(reply);
                if (row.reply().filter(parsed -> parsed.severity() == 2).isPresent()) {
                    session.readCommand();
                    session.send(ScriptedSession.EHLO_WITH_STARTTLS);
                    session.readCommand();
                    session.send("220 2.0.0 Ready to start TLS\r\n");
                    session.finishUnderTls();
                } else {
                    refuseTheRest(session);
                }
            }
            case EHLO -> afterEhlo(session, reply);
            case STARTTLS -> {
                greet(session);
                session.readCommand();
                session.send(reply);
                refuseTheRest(session);
            }
            case AFTER_TLS -> {
                greet(session);
                session.readCommand();
                session.send("220 2.0.0 Ready to start TLS\r\n");
                session.startTls();
                session.readCommand();
                session.send(reply);
                refuseTheRest(session);
            }
            case CONNECT, HANDSHAKE, QUIT -> throw new IllegalArgumentException(row.toString());
        }
    }

    /** With TLS behind the loose reply to STARTTLS, where we say it. */
    private static void play(ScriptedSession session, LooseReplies.Replies replies) throws IOException {
        session.send(replies.greeting());
        session.readCommand();
        session.send(replies.ehlo());
        if (session.readCommand().equals("STARTTLS\r\n")) {
            session.send(replies.starttls());
            if (!replies.blanksLater().isEmpty()) session.awaitOctet().send(replies.blanksLater());
            session.finishUnderTls();
        } else {
            session.send("221 2.0.0 Bye\r\n");
            session.hangUp();
        }
    }

    private static void greet(ScriptedSession session) throws IOException {
        session.send("220 mx.example.org ESMTP\r\n");
        session.readCommand();
        session.send(ScriptedSession.EHLO_WITH_STARTTLS);
    }

    private static void afterEhlo(ScriptedSession session, String reply) throws IOException {
        session.send("220 mx.example.org ESMTP\r\n");
        session.readCommand();
        session.send(reply);
        refuseTheRest(session);
    }

    /** Refuses commands until QUIT, or until the client closes. */
    private static void refuseTheRest(ScriptedSession session) throws IOException {
        for (var command = session.readCommand(); !command.isEmpty(); command = session.readCommand()) {
            session.send(command.equals("QUIT\r\n") ? "221 2.0.0 Bye\r\n" : "550 5.0.0 Command rejected\r\n");
            if (command.equals("QUIT\r\n")) break;
        }
        session.hangUp();
    }
}
