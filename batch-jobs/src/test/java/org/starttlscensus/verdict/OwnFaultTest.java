package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.Observations.ended;
import static org.starttlscensus.Observations.replied;
import static org.starttlscensus.fact.CallPhase.AFTER_TLS;
import static org.starttlscensus.fact.CallPhase.BANNER;
import static org.starttlscensus.fact.CallPhase.EHLO;
import static org.starttlscensus.fact.CallPhase.STARTTLS;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.Observations;
import org.starttlscensus.ReplyCorpus;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.politeness.ReplyClassifier;

/** A reply stops our calls to a provider as our own fault exactly if its outcome is {@code self_inflicted}. */
class OwnFaultTest {

    private static final List<String> CODES = List.of(
            "220", "250", "354", "421", "450", "454", "500", "501", "502", "503", "504", "521", "530", "550", "554");

    private static final List<String> BLAMES = List.of(
            "5.5.1 duplicate",
            "bad sequence",
            "out of sequence",
            "HELO",
            "EHLO first",
            "synchronization error",
            "protocol violation",
            "protocol\\nerror",
            "improper command pipelining",
            "data before banner",
            "command sent too early",
            "out of sync",
            "syntax",
            "bad argument",
            "domain name",
            "hostname",
            "5.5.4 invalid",
            "illegal character",
            "missing",
            "parameter",
            "required",
            "polite people say HELO",
            "no");

    /** Texts that explain the refusal in another way. */
    private static final List<String> EXPLANATIONS = List.of(
            "",
            "does not accept mail",
            "authentication required",
            "TLS already active",
            "too many connections",
            "access denied",
            "greylisted",
            "command unknown",
            "must use STARTTLS");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ehlo     | 503 5.5.1 duplicate                                | self_inflicted",
                "ehlo     | 503 wrong sequence of commands                     | self_inflicted",
                "ehlo     | 503 5.0.0 mx.example.net EHLO again                | self_inflicted",
                "ehlo     | 501 5.5.4 no domain given                          | self_inflicted",
                "ehlo     | 501 that will not do: a hostname, please           | self_inflicted",
                "ehlo     | 503 5.5.1 no                                       | protocol_error",
                "ehlo     | 354 mx.example.net offers PIPELINING               | protocol_error",
                "ehlo     | 530 5.7.0 authentication required, no pipelining   | self_inflicted",
                "ehlo     | 503 HELO rejected: access denied                   | blocked",
                "ehlo     | 521 mx.example.net does not accept mail, duplicate | no_mail_521",
                "starttls | 503 5.5.1 duplicate                                | starttls_refused"
            })
    void followsFromTheReply(String phase, String text, String outcome) {
        var call = replied(CallPhase.of(phase), text).build();
        assertEquals(
                outcome,
                outcome(call).label(),
                () -> ReplyClassifier.judge(call).toString());
        assertAgreed(List.of(call));
    }

    @ParameterizedTest
    @CsvSource({"REPLIED", "CLOSED", "TIMED_OUT", "RESET"})
    void countsThoughHeloWasToFollow(Ending ending) {
        var refused = ended(EHLO, ending).ehlo("500 protocol violation");
        assertEquals(Outcome.SELF_INFLICTED, outcome(refused.build()));
        assertAgreed(List.of(refused.build(), refused.helo("250 mx.example.net").build()));
    }

    @Test
    void countsThoughHeloWasAccepted() {
        var call = replied(EHLO, "500 protocol violation")
                .helo("250 mx.example.net")
                .build();
        assertEquals(Outcome.SELF_INFLICTED, outcome(call));
        assertAgreed(List.of(call));
    }

    @Test
    void isTheSameInBothRoomsForTheCorpus() {
        var rows = ReplyCorpus.rows().stream()
                .filter(row -> row.reply().isPresent())
                .toList();
        var calls = rows.stream()
                .flatMap(row -> Stream.of(Ending.REPLIED, Ending.CLOSED, Ending.TIMED_OUT)
                        .flatMap(ending -> dialogues(row.text(), ending)))
                .toList();
        assertAgreed(calls);
        System.out.printf(
                "%d replies in %d dialogues: both rooms agree whose fault it was%n", rows.size(), calls.size());
    }

    @Test
    void isTheSameInBothRoomsForEveryCodeAndWording() {
        var calls = new ArrayList<Observation>();
        for (var code : CODES) {
            for (var blame : BLAMES) {
                for (var explanation : EXPLANATIONS) {
                    var text = "%s %s %s".formatted(code, blame, explanation).replace("\\n", "\n" + code + " ");
                    dialogues(text, Ending.REPLIED).forEach(calls::add);
                }
            }
        }
        var blamed = assertAgreed(calls);
        assertTrue(blamed > 1_000, () -> blamed + " of " + calls.size() + " are our fault: hardly anything was tried");
    }

    /** The reply in every phase, after every kind of EHLO reply. */
    private static Stream<Observation> dialogues(String text, Ending ending) {
        return Stream.concat(
                        Stream.of(
                                ended(BANNER, ending).banner(text),
                                ended(EHLO, ending).ehlo(text),
                                ended(EHLO, ending)
                                        .ehlo("502 5.5.1 unknown command")
                                        .helo(text),
                                ended(EHLO, ending).ehlo(text).helo("250 mx.example.net"),
                                ended(AFTER_TLS, ending).afterTls(text)),
                        Stream.of(Observations.OFFERING, Observations.MUTED, Observations.MASKED)
                                .map(ehlo -> ended(STARTTLS, ending).ehlo(ehlo).starttls(text)))
                .map(Observations::build);
    }

    /**
     * Skips calls with a finished handshake: their outcome is about the handshake, whatever the reply.
     *
     * @return how many are our fault
     */
    private static int assertAgreed(List<Observation> calls) {
        var different = new ArrayList<String>();
        var blamed = 0;
        for (var call : calls) {
            if (call.tls().isPresent()) continue;
            var judged = ReplyClassifier.judge(call);
            var outcome = AttemptJudge.of(call, judged.meaning()).outcome();
            if (judged.selfInflicted()) blamed++;
            if (judged.selfInflicted() != (outcome == Outcome.SELF_INFLICTED)) {
                different.add("%s %s %s: %s, %s"
                        .formatted(
                                call.phase(),
                                call.ending(),
                                call.lastReply().orElseThrow().text(),
                                judged.ruleId(),
                                outcome));
            }
        }
        assertEquals(
                List.of(),
                different.stream().limit(20).toList(),
                () -> different.size() + " of " + calls.size() + " different");
        return blamed;
    }

    private static Outcome outcome(Observation call) {
        return AttemptJudge.of(call, ReplyClassifier.judge(call).meaning()).outcome();
    }
}
