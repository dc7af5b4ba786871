package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Ending;

@DisplayName("The dialogue")
class DialogueTest {

    private static final Step LEAVE = new Step.End(Ending.REPLIED, true);

    @Test
    void saysEhloAfter220() {
        assertEquals(new Step.Ask(Exchange.EHLO), next(Exchange.GREETING, "220-a\n220 b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"554 no", "421 busy", "220-a\n421 b", "250 odd", "521 no mail", "354 odd"})
    void leavesAfterAnyOtherGreeting(String greeting) {
        assertEquals(LEAVE, next(Exchange.GREETING, greeting));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"250-mx\n250 STARTTLS", "250-mx\n250-starttls\n250 SIZE", "250-mx\n250-StartTLS \n250 SIZE 1"})
    void saysStarttlsWhereItIsAdvertised(String ehlo) {
        assertEquals(new Step.Ask(Exchange.STARTTLS), next(Exchange.EHLO, ehlo));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250-STARTTLS\n250 SIZE",
                "250-mx STARTTLS here\n250 SIZE",
                "250-mx\n250 XSTARTTLS",
                "250-mx\n250 STARTTLSX",
                "250-mx\n250 SIZE STARTTLS",
                "250-mx\n250 AUTH=STARTTLS",
                "250-mx\n250 XXXXX"
            })
    void leavesWhereItIsNot(String ehlo) {
        assertEquals(LEAVE, next(Exchange.EHLO, ehlo));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250 mx",
                "250 STARTTLS",
                "250-mx\n250 ENHANCEDSTATUSCODES",
                "250-mx\n250 EnhancedStatusCodes",
                "250-mx\n250 "
            })
    void triesStarttlsOnceWhereTheServerIsMuted(String ehlo) {
        assertEquals(new Step.Ask(Exchange.STARTTLS), next(Exchange.EHLO, ehlo));
    }

    @ParameterizedTest
    @ValueSource(strings = {"250-mx\n250-SIZE\n250 XXXXXXXA", "250-mx\n250-XXXXXXXXXXXXB\n250 SIZE"})
    void triesStarttlsOnceWhereTheReplyIsMasked(String ehlo) {
        assertEquals(new Step.Ask(Exchange.STARTTLS), next(Exchange.EHLO, ehlo));
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 what?", "502 not here"})
    void saysHeloOnlyWhereEhloIsUnknown(String ehlo) {
        assertEquals(new Step.Ask(Exchange.HELO), next(Exchange.EHLO, ehlo));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"501 syntax", "504 you?", "550 no", "421 busy", "530 TLS first", "220 odd", "251-a\n251 STARTTLS"
            })
    void leavesAfterAnyOtherReplyToEhlo(String ehlo) {
        assertEquals(LEAVE, next(Exchange.EHLO, ehlo));
    }

    @Test
    void leavesAfterHeloWhateverItBrings() {
        assertEquals(LEAVE, next(Exchange.HELO, "250 mx"));
        assertEquals(LEAVE, next(Exchange.HELO, "250-mx\n250 STARTTLS"));
    }

    @Test
    void startsTlsAfterExactly220() {
        assertEquals(new Step.StartTls(), next(Exchange.STARTTLS, "220 go"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"250 ok", "221 bye", "354 go", "454 no TLS", "502 no", "421 busy"})
    void leavesAfterAnyOtherReplyToStarttls(String reply) {
        assertEquals(LEAVE, next(Exchange.STARTTLS, reply));
    }

    @Test
    void isCompleteWithAReplyUnderTls() {
        assertEquals(new Step.End(Ending.COMPLETED, true), next(Exchange.EHLO_UNDER_TLS, "250 mx"));
        assertEquals(LEAVE, next(Exchange.EHLO_UNDER_TLS, "421 too many TLS sessions"));
    }

    private static Step next(Exchange exchange, String reply) {
        return Dialogue.next(exchange, ReplyParser.parse(reply).orElseThrow());
    }
}
