package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.politeness.ReplyClassifier;

@DisplayName("The dialogue")
class DialogueTest {

    private static final Step LEAVE = new Step.End(Ending.REPLIED, true);

    @ParameterizedTest
    @ValueSource(strings = {"220-a\n220 b", "220", "200 mx", "250 mx", "554-go\n220 ahead", "220 ************"})
    void saysEhloAfterAnyPositiveGreeting(String greeting) {
        assertEquals(new Step.Ask(Exchange.EHLO), next(Exchange.GREETING, greeting));
    }

    @ParameterizedTest
    @ValueSource(strings = {"554 no", "421 busy", "220-a\n421 b", "521 no mail", "354 odd"})
    void leavesAfterAnyOtherGreeting(String greeting) {
        assertEquals(LEAVE, next(Exchange.GREETING, greeting));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250-mx\n250 STARTTLS",
                "250-mx\n250-starttls\n250 SIZE",
                "250-mx\n250-StartTLS \n250 SIZE 1",
                "251-a\n251 STARTTLS",
                "250-mx\n\n250-SIZE\nlook here\n250 STARTTLS"
            })
    void saysStarttlsWhereItIsAdvertised(String ehlo) {
        assertEquals(new Step.Ask(Exchange.STARTTLS), next(Exchange.EHLO, ehlo));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250-mx\n250 XSTARTTLS",
                "250-mx\n250 STARTTLSX",
                "250-starttls.example.net\n250 SIZE",
                "250-mx\n250 X-STARTTLS-NOT",
                "250-mx\n250 XXXXX",
                "250-mx\n\n250 SIZE",
                "250-mx\n250-HELP\n250 8BITMIME"
            })
    void leavesWhereAFullListHasNoStarttls(String ehlo) {
        assertEquals(LEAVE, next(Exchange.EHLO, ehlo));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250-STARTTLS\n250 SIZE",
                "250 STARTTLS",
                "250-mx STARTTLS here\n250 SIZE",
                "250-mx\n250 SIZE STARTTLS",
                "250-mx\n250 AUTH=STARTTLS",
                "250-mx\n0-STARTTLS\n250 SIZE"
            })
    void triesStarttlsOnceWhereItStandsAnywhereElse(String ehlo) {
        assertEquals(new Step.Ask(Exchange.STARTTLS), next(Exchange.EHLO, ehlo));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250 mx",
                "250",
                "250-mx\n250 ENHANCEDSTATUSCODES",
                "250-mx\n250 EnhancedStatusCodes",
                "250-mx\n250 ",
                "250-mx\n250 OK",
                "250-mx\n250 ok",
                "250-mx\n250 HELP",
                "250-mx\n250-\n250-HELP\n250 ENHANCEDSTATUSCODES",
                "250-mx\n250 :-)"
            })
    void triesStarttlsOnceWhereTheServerIsMuted(String ehlo) {
        assertEquals(new Step.Ask(Exchange.STARTTLS), next(Exchange.EHLO, ehlo));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250-mx\n250-SIZE\n250 XXXXXXXA",
                "250-mx\n250-XXXXXXXXXXXXB\n250 SIZE",
                "250-mx\n250-********\n250 SIZE",
                "250-mx\n250-        \n250 SIZE",
                "250-mx\n250-########\n250 SIZE",
                "250-*********\n250-SIZE\n250 8BITMIME",
                "250-mx\n************\n250 SIZE",
                "250-mx\nXXXXXXXXXXXX\n250 SIZE",
                "250-mx\n            \n250 SIZE"
            })
    void triesStarttlsOnceWhereTheReplyIsMasked(String ehlo) {
        assertEquals(new Step.Ask(Exchange.STARTTLS), next(Exchange.EHLO, ehlo));
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 what?", "502 not here", "501 syntax error", "550 no", "550 5.5.1 no such command"})
    void saysHeloWhereEhloMayBeUnknown(String ehlo) {
        assertEquals(new Step.Ask(Exchange.HELO), next(Exchange.EHLO, ehlo));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "503 sequence",
                "504 you?",
                "421 busy",
                "530 TLS first",
                "354 odd",
                "550 5.7.1 rejected",
                "550 listed by zen.spamhaus.org",
                "550 5.3.2 Service currently unavailable",
                "554 no",
                "500 blocked",
                "501 go away",
                "502 5.7.0 no",
                "500 too many connections",
                "500 greylisted"
            })
    void leavesAfterAnyOtherRefusalOfEhlo(String ehlo) {
        assertEquals(LEAVE, next(Exchange.EHLO, ehlo));
    }

    @Test
    void leavesAfterHeloWhateverItBrings() {
        assertEquals(LEAVE, next(Exchange.HELO, "250 mx"));
        assertEquals(LEAVE, next(Exchange.HELO, "250-mx\n250 STARTTLS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"220 go", "220", "250 ok", "221 bye"})
    void startsTlsAfterAnyPositiveReply(String reply) {
        assertEquals(new Step.StartTls(), next(Exchange.STARTTLS, reply));
    }

    @ParameterizedTest
    @ValueSource(strings = {"354 go", "454 no TLS", "502 no", "421 busy", "503 TLS not allowed"})
    void leavesAfterAnyOtherReplyToStarttls(String reply) {
        assertEquals(LEAVE, next(Exchange.STARTTLS, reply));
    }

    @Test
    void isCompleteWithAReplyUnderTls() {
        assertEquals(new Step.End(Ending.COMPLETED, true), next(Exchange.EHLO_UNDER_TLS, "250 mx"));
        assertEquals(LEAVE, next(Exchange.EHLO_UNDER_TLS, "421 too many TLS sessions"));
    }

    private static Step next(Exchange exchange, String reply) {
        return Dialogue.next(exchange, ReplyParser.parse(reply).orElseThrow(), ReplyClassifier::mayNotKnowEhlo);
    }
}
