package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.starttlscensus.dns.ResponseOctets.ANSWER;
import static org.starttlscensus.dns.ResponseOctets.QUESTIONED;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.dns.Answer.Kind;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/** An error, or a part of an answer, is what its header says, however the response goes on. */
class ErrorResponsesTest {

    @ParameterizedTest
    @ValueSource(ints = {Rcode.FORMERR, Rcode.SERVFAIL, Rcode.NOTIMP, Rcode.REFUSED, 11})
    void isWhatItsHeaderSaysHoweverItGoesOn(int rcode) throws WireParseException {
        assertEquals(
                Kind.SERVFAIL,
                ResponseReaderTest.answer(Type.MX, ResponseReaderTest.toMx().flags(rcode))
                        .kind());
        assertEquals(
                Kind.SERVFAIL,
                ResponseReaderTest.answer(
                                Type.MX, ResponseOctets.withoutQuestion().flags(rcode))
                        .kind());
        assertEquals(
                Kind.SERVFAIL,
                ResponseReaderTest.answer(
                                Type.MX, ResponseReaderTest.toMx().flags(rcode).announce(ANSWER))
                        .kind());
        assertEquals(
                Kind.SERVFAIL,
                ResponseReaderTest.answer(
                                Type.MX,
                                ResponseReaderTest.toMx().flags(rcode).record(ANSWER, QUESTIONED, Type.MX, "00"))
                        .kind());
    }

    @Test
    void isReadNoFurtherThanItsFlagIfItIsTruncated() throws WireParseException {
        var cut = ResponseReaderTest.toMx().flags(0x0200).announce(ANSWER).octets("c00c000f");
        var dnsQuery = DnsQuery.of("shop.test", Type.MX);
        assertEquals(
                0,
                ResponseReader.read(dnsQuery, cut.octets()).getSection(ANSWER).size());
    }
}
