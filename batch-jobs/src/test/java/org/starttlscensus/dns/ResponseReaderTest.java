package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.dns.ResponseOctets.ADDITIONAL;
import static org.starttlscensus.dns.ResponseOctets.ANSWER;
import static org.starttlscensus.dns.ResponseOctets.AUTHORITY;
import static org.starttlscensus.dns.ResponseOctets.QUESTIONED;
import static org.starttlscensus.dns.ResponseOctets.mx;
import static org.starttlscensus.dns.ResponseOctets.name;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.dns.Answer.Kind;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/** Responses octet by octet: what is broken beside an answer costs nothing, and what is broken in it is told so. */
class ResponseReaderTest {

    private static final int RRSIG = Type.RRSIG;
    private static final String ADDRESS = "c0000201";
    private static final String SOA = name("ns.test") + name("post.test") + "0000000100000001000000010000000100000001";

    static Answer answer(int type, ResponseOctets response) throws WireParseException {
        return answer(type, response.octets());
    }

    private static Answer answer(int type, byte[] octets) throws WireParseException {
        var dnsQuery = DnsQuery.of("shop.test", type);
        return AnswerReader.read(dnsQuery, ResponseReader.read(dnsQuery, octets), false);
    }

    private static List<String> data(Answer answer) {
        return answer.records().stream()
                .map(org.xbill.DNS.Record::rdataToString)
                .toList();
    }

    private static void assertMalformed(int type, ResponseOctets response) {
        assertThrows(WireParseException.class, () -> answer(type, response));
    }

    static ResponseOctets toMx() {
        return ResponseOctets.to(Type.MX)
                .record(ANSWER, QUESTIONED, Type.MX, mx(10, "mx.test"))
                .record(ANSWER, QUESTIONED, Type.MX, mx(20, "backup.test"));
    }

    @Nested
    class AWholeResponse {

        @Test
        void hasItsRecordsWhateverTheirNamesAreCompressedTo() throws WireParseException {
            assertEquals(List.of("10 mx.test.", "20 backup.test."), data(answer(Type.MX, toMx())));
            var compressed = ResponseOctets.to(Type.MX).record(ANSWER, QUESTIONED, Type.MX, "000a" + "026d78" + "c011");
            assertEquals(List.of("10 mx.test."), data(answer(Type.MX, compressed)));
        }

        @ParameterizedTest
        @CsvSource({
            "1,  c0000201,                         192.0.2.1",
            "28, 20010db8000000000000000000000001, 2001:db8:0:0:0:0:0:1",
            "28, 00000000000000000000ffffc0000201, 0:0:0:0:0:ffff:192.0.2.1"
        })
        void hasItsAddress(int type, String data, String address) throws WireParseException {
            var response = ResponseOctets.to(type).record(ANSWER, QUESTIONED, type, data);
            assertEquals(List.of(address), data(answer(type, response)));
        }

        @Test
        void isFollowedThroughItsAliases() throws WireParseException {
            var response = ResponseOctets.to(Type.A)
                    .record(ANSWER, QUESTIONED, Type.CNAME, name("www.test"))
                    .record(ANSWER, name("www.test"), Type.A, ADDRESS);
            var answer = answer(Type.A, response);
            assertEquals(Kind.RECORDS, answer.kind());
            assertEquals("www.test", answer.aliases().getFirst().ascii());
        }

        @Test
        void deniesOrRefersByItsAuthoritySection() throws WireParseException {
            var denial = ResponseOctets.to(Type.MX).record(AUTHORITY, name("test"), Type.SOA, SOA);
            assertEquals(Kind.NODATA, answer(Type.MX, denial).kind());
            var referral = ResponseOctets.to(Type.MX).record(AUTHORITY, name("test"), Type.NS, name("ns.test"));
            assertEquals(Kind.SERVFAIL, answer(Type.MX, referral).kind());
            assertEquals(
                    Kind.NXDOMAIN,
                    answer(Type.MX, ResponseOctets.to(Type.MX).flags(Rcode.NXDOMAIN))
                            .kind());
        }
    }

    @Nested
    class ABrokenRecordBesideTheAnswer {

        private void assertCostsNothing(ResponseOctets response) throws WireParseException {
            assertEquals(List.of("10 mx.test.", "20 backup.test."), data(answer(Type.MX, response)));
        }

        @ParameterizedTest
        @ValueSource(ints = {AUTHORITY, ADDITIONAL})
        void costsNothing(int section) throws WireParseException {
            assertCostsNothing(toMx().announce(section));
            assertCostsNothing(toMx().announce(section).octets("c0"));
            assertCostsNothing(toMx().announce(section).octets("c0ff00"));
            assertCostsNothing(toMx().announce(section).octets("4061"));
            assertCostsNothing(toMx().record(section, QUESTIONED, Type.A, 400, ADDRESS));
            assertCostsNothing(toMx().record(section, QUESTIONED, Type.A, "c00002"));
            assertCostsNothing(toMx().record(section, QUESTIONED, Type.AAAA, ADDRESS));
            assertCostsNothing(toMx().record(section, QUESTIONED, Type.MX, "00"));
            assertCostsNothing(toMx().record(section, QUESTIONED, Type.SOA, "c0ff"));
            assertCostsNothing(toMx().record(section, QUESTIONED, Type.NS, ""));
            assertCostsNothing(toMx().record(section, QUESTIONED, Type.TXT, "ff61"));
            assertCostsNothing(toMx().record(section, QUESTIONED, Type.OPT, "000f00"));
        }

        @Test
        void costsNothingInTheAnswerIfItIsOfATypeThatNobodyAskedFor() throws WireParseException {
            assertCostsNothing(toMx().record(ANSWER, QUESTIONED, RRSIG, "00"));
            assertCostsNothing(toMx().record(ANSWER, QUESTIONED, Type.A, "c00002"));
        }

        @Test
        void doesNotHideAnExtendedError() throws WireParseException {
            var response = ResponseOctets.to(Type.MX)
                    .flags(Rcode.SERVFAIL)
                    .record(AUTHORITY, QUESTIONED, Type.SOA, "00")
                    .record(ADDITIONAL, QUESTIONED, Type.A, "c0")
                    .options("000a" + "0002" + "abcd" + "000f" + "0003" + "000661" + "000f" + "0009" + "00");
            var dnsQuery = DnsQuery.of("shop.test", Type.MX);
            assertTrue(DnssecErrors.in(ResponseReader.read(dnsQuery, response.octets())));
        }

        @Test
        void isNoDenial() throws WireParseException {
            assertMalformed(Type.MX, ResponseOctets.to(Type.MX).announce(AUTHORITY));
            assertMalformed(Type.MX, ResponseOctets.to(Type.MX).record(AUTHORITY, QUESTIONED, Type.SOA, 99, SOA));
            assertMalformed(
                    Type.MX,
                    ResponseOctets.to(Type.MX)
                            .record(ANSWER, QUESTIONED, Type.CNAME, name("real.test"))
                            .announce(AUTHORITY));
            // A frame is enough to see that there is an SOA.
            var denial = ResponseOctets.to(Type.MX).record(AUTHORITY, QUESTIONED, Type.SOA, "00");
            assertEquals(Kind.NODATA, answer(Type.MX, denial).kind());
            assertEquals(
                    Kind.NODATA,
                    answer(Type.MX, ResponseOctets.to(Type.MX).announce(ADDITIONAL))
                            .kind());
        }
    }

    @Nested
    class AMalformedResponse {

        @Test
        void hasARecordOfTheAnswerThatCannotBeRead() {
            assertMalformed(Type.A, ResponseOctets.to(Type.A).record(ANSWER, QUESTIONED, Type.A, "c00002"));
            assertMalformed(Type.A, ResponseOctets.to(Type.A).record(ANSWER, QUESTIONED, Type.A, "c000020101"));
            assertMalformed(Type.AAAA, ResponseOctets.to(Type.AAAA).record(ANSWER, QUESTIONED, Type.AAAA, ADDRESS));
            assertMalformed(Type.MX, toMx().record(ANSWER, QUESTIONED, Type.MX, "00"));
            assertMalformed(Type.MX, toMx().record(ANSWER, QUESTIONED, Type.MX, "000a"));
            assertMalformed(Type.MX, toMx().record(ANSWER, QUESTIONED, Type.MX, mx(5, "mx.test") + "00"));
            assertMalformed(Type.MX, toMx().record(ANSWER, QUESTIONED, Type.MX, 3, mx(5, "mx.test")));
            assertMalformed(Type.MX, toMx().record(ANSWER, QUESTIONED, Type.MX, 300, mx(5, "mx.test")));
            assertMalformed(Type.MX, toMx().record(ANSWER, QUESTIONED, Type.MX, "000a" + "c0ff"));
            assertMalformed(Type.MX, toMx().record(ANSWER, QUESTIONED, Type.CNAME, "41"));
            assertMalformed(Type.MX, toMx().announce(ANSWER));
        }

        @Test
        void isNoAnswerToTheQuery() {
            assertMalformed(Type.MX, toMx().onlyFlags(0x0100));
            assertMalformed(Type.MX, toMx().flags(2 << 11));
            assertMalformed(Type.MX, ResponseOctets.withoutQuestion());
            assertMalformed(Type.MX, ResponseOctets.withoutQuestion().question("other.test", Type.MX));
            assertMalformed(Type.MX, ResponseOctets.to(Type.A));
            assertMalformed(Type.MX, ResponseOctets.to(Type.MX).question("shop.test", Type.MX));
            assertMalformed(Type.MX, ResponseOctets.withoutQuestion().flags(Rcode.NXDOMAIN));
        }

        /** An answer that was cut off anywhere is never a denial, and never half of the records. */
        @Test
        void isNeverTakenForADenial() throws WireParseException {
            var whole = toMx().record(AUTHORITY, QUESTIONED, Type.NS, name("ns.test"))
                    .record(ADDITIONAL, name("ns.test"), Type.A, ADDRESS)
                    .octets();
            int answers = 0;
            for (int length = 0; length < whole.length; length++) {
                try {
                    assertEquals(
                            2,
                            answer(Type.MX, Arrays.copyOf(whole, length))
                                    .records()
                                    .size());
                    answers++;
                } catch (WireParseException malformed) {
                    assertEquals(0, answers, "an answer that is whole stays whole, however much comes behind it");
                }
            }
            assertTrue(answers > 20, () -> answers(whole));
        }

        private static String answers(byte[] whole) {
            return "few of " + whole.length + " beginnings are answers";
        }
    }

    /** Octets of a hostile resolver are an answer, or they are malformed, and nothing else is ever thrown. */
    @Test
    void anyOctetsAreAnAnswerOrMalformed() {
        var random = new Random(12);
        var whole = toMx().record(ANSWER, QUESTIONED, Type.CNAME, name("real.test"))
                .record(AUTHORITY, QUESTIONED, Type.SOA, SOA)
                .options("000f00020006")
                .octets();
        int malformed = 0;
        int answers = 0;
        for (int i = 0; i < 50_000; i++) {
            var octets = Arrays.copyOf(whole, random.nextInt(4) > 0 ? whole.length : random.nextInt(whole.length + 20));
            for (int j = random.nextInt(6); j > 0 && octets.length > 0; j--)
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            try {
                answer(Type.MX, octets);
                answers++;
            } catch (WireParseException expected) {
                malformed++;
            }
        }
        assertTrue(malformed > 5_000 && answers > 5_000, malformed + " malformed, " + answers + " answers");
    }
}
