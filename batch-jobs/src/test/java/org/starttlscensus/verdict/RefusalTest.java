package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.starttlscensus.Observations.ended;
import static org.starttlscensus.fact.CallPhase.AFTER_TLS;
import static org.starttlscensus.fact.CallPhase.BANNER;
import static org.starttlscensus.fact.CallPhase.EHLO;
import static org.starttlscensus.fact.CallPhase.STARTTLS;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.starttlscensus.Observations;
import org.starttlscensus.ReplyCorpus;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.ReplyMeaning;
import org.starttlscensus.politeness.ReplyClassifier;

/** A server that refuses us is never counted as a server without STARTTLS. This is the reason for the project. */
class RefusalTest {

    private static final Set<Outcome> NO = Set.of(Outcome.NO_STARTTLS, Outcome.NO_STARTTLS_UNCONFIRMED);

    private static AttemptOutcome judge(Observation call) {
        return AttemptJudge.of(call, ReplyClassifier.judge(call).meaning());
    }

    /** Tries every refusal of the corpus in every phase, after every kind of EHLO reply and with every reply class. */
    @Test
    void isNeverNoStarttls() {
        var refusals = ReplyCorpus.rows().stream()
                .filter(row -> !List.of("ok", "no_starttls").contains(row.expected()))
                .filter(row -> row.reply().isPresent())
                .toList();
        var tried = 0;
        for (var row : refusals) {
            for (var phase : List.of(BANNER, EHLO, STARTTLS, AFTER_TLS)) {
                for (var ehlo : List.of(Observations.OFFERING, Observations.MUTED, Observations.MASKED)) {
                    for (var ending : List.of(Ending.REPLIED, Ending.CLOSED, Ending.TIMED_OUT)) {
                        var call = at(phase, ending, ehlo, row.text()).build();
                        assertFalse(NO.contains(judge(call).outcome()), () -> row + " at " + phase);
                        for (var any : ReplyClass.values()) {
                            assertFalse(
                                    NO.contains(AttemptJudge.of(call, ReplyMeaning.of(any))
                                            .outcome()),
                                    () -> row + " at " + phase + " as " + any);
                        }
                        tried++;
                    }
                }
            }
        }
        System.out.printf("%d refusals in %d dialogues, none read as no_starttls%n", refusals.size(), tried);
    }

    private static Observations at(CallPhase phase, Ending ending, String ehlo, String text) {
        var call = ended(phase, ending);
        if (phase.compareTo(EHLO) > 0) call.ehlo(ehlo);
        return switch (phase) {
            case BANNER -> call.banner(text);
            case EHLO -> call.ehlo(text);
            case STARTTLS -> call.starttls(text);
            case AFTER_TLS -> call.afterTls(text);
            case CONNECT, HANDSHAKE, QUIT -> throw new IllegalArgumentException(phase.label());
        };
    }
}
