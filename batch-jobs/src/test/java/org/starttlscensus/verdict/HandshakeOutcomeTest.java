package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.starttlscensus.Observations.ended;
import static org.starttlscensus.Observations.replied;
import static org.starttlscensus.fact.CallPhase.AFTER_TLS;
import static org.starttlscensus.fact.CallPhase.HANDSHAKE;
import static org.starttlscensus.fact.CallPhase.QUIT;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.TlsFailure.Detail;
import org.starttlscensus.politeness.ReplyClassifier;

/** The outcomes of calls that reached the TLS handshake. */
class HandshakeOutcomeTest {

    private static AttemptOutcome judge(Observations observations) {
        var call = observations.build();
        return AttemptJudge.of(call, ReplyClassifier.judge(call).meaning());
    }

    @Nested
    class AFinishedHandshake {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "421 4.7.0 mx Error: too many new TLS sessions  | true  | starttls_ok",
                    "553 This route requires TLS version 1.2        | true  | starttls_ok",
                    "503 5.7.0 Authentication required.             | true  | client_cert_required",
                    "503 5.7.0 Authentication required.             | false | starttls_ok",
                    "530 5.7.0 Authentication required              | true  | starttls_ok",
                    "550 5.7.1 access denied                        | true  | starttls_ok",
                    "454 4.7.1 certificate required                 | true  | client_cert_required",
                    "250-mx\\n250 X-CERTIFICATE-INFO                | true  | starttls_ok"
                })
        void decidesTheOutcomeUnlessTheSecondEhloIsRefusedForACertificate(
                String reply, boolean requested, String expected) {
            var call = replied(AFTER_TLS, reply.replace("\\n", "\n")).session(requested);
            assertEquals(expected, judge(call).outcome().label());
        }

        @ParameterizedTest
        @EnumSource(
                value = Ending.class,
                names = {"CLOSED", "RESET", "TIMED_OUT", "TOO_MUCH", "NOT_SMTP", "NO_ROUTE", "BROKEN_OFF"})
        void decidesTheOutcomeHoweverTheConnectionEnds(Ending ending) {
            assertEquals(Outcome.STARTTLS_OK, judge(ended(AFTER_TLS, ending)).outcome());
        }

        @ParameterizedTest
        @CsvSource({
            "116, true, false, client_cert_required",
            "40, true, true, client_cert_required",
            "42, true, true, client_cert_required",
            "40, true, false, starttls_ok",
            "116, false, true, starttls_ok",
            "80, true, true, starttls_ok",
            "-1, true, true, starttls_ok"
        })
        void decidesTheOutcomeUnlessAnAlertAsksForACertificate(
                int alert, boolean received, boolean requested, String expected) {
            var call = ended(AFTER_TLS, Ending.TLS_FAILURE)
                    .session(requested)
                    .failure(Detail.ALERT, alert, received, requested);
            assertEquals(expected, judge(call).outcome().label());
        }

        @Test
        void isFlaggedIfEhloDidNotAdvertiseStarttls() {
            assertEquals(
                    Set.of(OutcomeFlag.UNADVERTISED, OutcomeFlag.MUTED_EHLO),
                    judge(ended(QUIT, Ending.COMPLETED).ehlo(Observations.MUTED))
                            .flags());
            assertEquals(
                    Set.of(OutcomeFlag.MASKED_BANNER),
                    judge(ended(QUIT, Ending.COMPLETED).banner(Observations.MASKED_BANNER))
                            .flags());
        }
    }

    @Nested
    class AFailedHandshake {

        @ParameterizedTest
        @EnumSource(Detail.class)
        void hasTheDetailOfItsFailure(Detail detail) {
            var judged = judge(ended(HANDSHAKE, Ending.TLS_FAILURE).failure(detail, -1, false, true));
            assertEquals(new AttemptOutcome(Outcome.TLS_FAILED, Optional.of(detail.label()), Set.of()), judged);
        }

        @ParameterizedTest
        @CsvSource({"CLOSED, closed", "RESET, closed", "TIMED_OUT, timeout", "TOO_MUCH, bytes", "NO_ROUTE, closed"})
        void hasADetailIfOnlyTheConnectionFailed(Ending ending, String detail) {
            var judged = judge(ended(HANDSHAKE, ending));
            assertEquals(Outcome.TLS_FAILED, judged.outcome());
            assertEquals(Optional.of(detail), judged.detail());
        }

        @ParameterizedTest
        @CsvSource({
            "116, true, false, client_cert_required",
            "40, true, true, client_cert_required",
            "46, true, true, client_cert_required",
            "40, true, false, tls_failed",
            "40, false, true, tls_failed",
            "70, true, true, tls_failed"
        })
        void meansClientCertRequiredOnlyIfTheServerAskedForACertificate(
                int alert, boolean received, boolean requested, String expected) {
            var call = ended(HANDSHAKE, Ending.TLS_FAILURE).failure(Detail.ALERT, alert, received, requested);
            assertEquals(expected, judge(call).outcome().label());
        }
    }
}
