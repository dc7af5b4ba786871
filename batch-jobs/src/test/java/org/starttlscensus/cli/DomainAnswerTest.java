package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Route;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.verdict.Outcome;

/** The first line of a check, what it rests on, and what is to be done. */
class DomainAnswerTest extends CheckedScene {

    @Test
    void aServerThatCouldNotBeCalledDoesNotChangeTheAnswer() {
        var yes = server(0, good().build());
        var blocked = server(
                1,
                Observations.replied(CallPhase.BANNER, "554 5.7.1 your address is blocked")
                        .build());
        assertEquals(
                "Yes: mail to d0.example.org can be sent over TLS: STARTTLS works at 1 of 2 servers. Of 1 we could not"
                        + " find out, which says nothing against it.",
                answer(List.of(yes, blocked)).sentence());
        assertEquals(
                "Unknown: we could not find out whether mail to d0.example.org can be sent over TLS: it refuses us"
                        + " because of our address or reputation. That says nothing bad about its servers.",
                answer(List.of(blocked)).sentence());
        assertEquals(
                List.of(Advice.of(Outcome.BLOCKED)), answer(List.of(blocked)).toDo());
    }

    @Test
    void eachOutcomeAnswersAsThePostmasterWillFindIt() {
        answers("Yes: ", "", good());
        answers(
                "Yes, but: ",
                "tls_fails",
                Observations.ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE)
                        .failure(TlsFailure.Detail.ALERT, 40, true, false));
        answers(
                "Yes, but: ",
                "tls_unavailable",
                Observations.replied(CallPhase.STARTTLS, "454 4.7.0 TLS not available due to local problem"));
        answers("Yes, but: ", "starttls_refused", Observations.replied(CallPhase.STARTTLS, "502 5.5.1 what?"));
        answers("Yes, but: ", "unadvertised", good().ehlo(Observations.FULL));
        answers("Yes, but: ", "loose_replies", good().ehlo("250-mx\nno code\n250 STARTTLS"));
        answers("Yes, but: ", "masked_banner", good().banner(Observations.MASKED_BANNER));
        answers("Unknown: ", "", Observations.replied(CallPhase.EHLO, Observations.FULL));
        answers("Unknown: ", "", Observations.replied(CallPhase.BANNER, "450 4.7.1 Greylisting"));
        answers("Unknown: ", "", Observations.ended(CallPhase.CONNECT, Ending.TIMED_OUT));
        answers("No mail server: ", "", Observations.replied(CallPhase.BANNER, "521 no mail here"));
    }

    private static void answers(String beginning, String caveats, Observations call) {
        var servers = List.of(server(0, call.build()));
        var answer = answer(servers);
        assertTrue(answer.sentence().startsWith(beginning), answer::sentence);
        assertEquals(
                caveats,
                answer.caveats().stream().map(Caveat::label).collect(Collectors.joining(" ")),
                answer::sentence);
        if (beginning.equals("Yes: ")) assertEquals(List.of("nothing"), answer.toDo());
        if (beginning.equals("Yes, but: "))
            assertFalse(answer.toDo().stream().anyMatch(Advice::isNothing), answer.toDo()::toString);
    }

    /** Debian's Postfix cannot use such a server, so "nothing to do" would be wrong. */
    @Test
    void oldVersionsAndWeakSuitesAreToldWithTheirAdvice() {
        answers("Yes, but: ", "tls_1_0", weak(TlsVersion.TLS_1_0, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "x25519"));
        answers("Yes, but: ", "tls_1_1", weak(TlsVersion.TLS_1_1, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "x25519"));
        answers("Yes, but: ", "rc4 no_forward_secrecy", weak(TlsVersion.TLS_1_2, "TLS_RSA_WITH_RC4_128_SHA", "x"));
        answers("Yes, but: ", "triple_des", weak(TlsVersion.TLS_1_2, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA", "dh-2048"));
        answers("Yes, but: ", "des", weak(TlsVersion.TLS_1_2, "TLS_DHE_RSA_WITH_DES_CBC_SHA", "dh-2048"));
        answers(
                "Yes, but: ",
                "export_suite des",
                weak(TlsVersion.TLS_1_2, "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA", "x"));
        answers("Yes, but: ", "no_encryption", weak(TlsVersion.TLS_1_2, "TLS_ECDHE_RSA_WITH_NULL_SHA", "x25519"));
        answers("Yes, but: ", "small_dh", weak(TlsVersion.TLS_1_2, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "dh-1024"));
    }

    /** The night of the check decides nothing here: a DNS that fails says nothing about the domain's mail. */
    @Test
    void aFailureOfTheDnsIsUnknownAndNotTheWantOfAServer() {
        for (var route : Route.values()) {
            if (route == Route.MX || route == Route.IMPLICIT_MX) continue;
            var found = MailRoute.without(StoredNight.domain(0), route);
            var answer = DomainAnswer.of(found, List.of(), Answers.of(found, List.of()));
            assertEquals(
                    route.isFailure() ? ShortAnswer.UNKNOWN : ShortAnswer.NO_MAIL, answer.shortAnswer(), route::label);
            assertEquals(List.of(Advice.of(route)), answer.toDo());
            assertEquals(route.isFailure(), answer.sentence().startsWith("Unknown: "), answer::sentence);
        }
    }

    /** The old-version campaign asks a good server again half an hour later; that is no news for its postmaster. */
    @Test
    void afterAFinishedHandshakeNoSecondLookIsTold() {
        var again = NOW.plusSeconds(1_800);
        var yes = dueAgain(server(0, good().build()), again);
        assertEquals(Optional.empty(), answer(List.of(yes)).askAgainAt());
        var unconfirmed = dueAgain(
                server(
                        1,
                        Observations.replied(CallPhase.EHLO, Observations.FULL).build()),
                again);
        assertEquals(Optional.of(again), answer(List.of(yes, unconfirmed)).askAgainAt());
    }

    @Test
    void severalServersAreSummedUpWorstFirst() {
        var yes = server(0, good().build());
        var fails = server(
                1,
                Observations.ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE)
                        .failure(TlsFailure.Detail.CLOSED, -1, false, false)
                        .build());
        var old = server(
                2,
                weak(TlsVersion.TLS_1_0, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "x25519")
                        .build());
        var no = with(
                server(
                        3,
                        Observations.replied(CallPhase.EHLO, Observations.FULL).build()),
                Outcome.NO_STARTTLS);
        assertEquals(
                "Yes, but: d0.example.org has STARTTLS, but no STARTTLS (1 of 4 servers); TLS fails (1 of 4); and 1"
                        + " more.",
                answer(List.of(yes, old, fails, no)).sentence());
        assertEquals(
                "No: d0.example.org has no STARTTLS (its only server), so mail to it is sent unencrypted.",
                answer(List.of(no)).sentence());
        assertEquals(
                Caveat.NO_STARTTLS.advice(),
                answer(List.of(yes, old, fails, no)).toDo().getFirst());
    }

    @Test
    void anyOutcomeHasItsWordsAndItsAdvice() {
        for (var outcome : Outcome.values()) {
            assertFalse(Advice.of(outcome).isBlank());
            assertFalse(OutcomeWords.of(outcome).isBlank());
            if (outcome.starttls().isEmpty())
                assertFalse(OutcomeWords.of(outcome).startsWith("no STARTTLS:"), outcome::label);
            // "to do nothing" where TLS does not work would contradict the answer
            if (outcome.usable().filter(usable -> !usable).isPresent() || outcome == Outcome.NO_STARTTLS)
                assertFalse(Advice.isNothing(Advice.of(outcome)), outcome::label);
        }
        for (var caveat : Caveat.values()) {
            assertTrue(caveat.words().length() <= 50, caveat::label);
            assertFalse(Advice.isNothing(caveat.advice()), caveat::label);
            assertTrue(WrappedText.lines("To do: ", caveat.advice()).size() <= 3, caveat::label);
        }
    }

    @Test
    void outcomesThatOnlyConcernOurCallsNeedNoAction() {
        for (var outcome : List.of(
                Outcome.BLOCKED,
                Outcome.BLOCKED_SUSPECTED,
                Outcome.RATE_LIMITED,
                Outcome.GREYLISTED,
                Outcome.TARPITTED)) {
            assertTrue(Advice.of(outcome).startsWith("nothing"), outcome::label);
        }
    }
}
