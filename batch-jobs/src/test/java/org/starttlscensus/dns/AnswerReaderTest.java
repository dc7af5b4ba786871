package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.dns.Answer.Kind;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The meaning of one response, in particular of an empty one. */
class AnswerReaderTest {

    private static final DnsQuery QUERY = DnsQuery.of("mx.test", Type.A);

    private final Message response = Message.newQuery(Record.newRecord(QUERY.name(), Type.A, DClass.IN));

    @Test
    void emptyFromARecursiveResolverIsNoData() {
        response.getHeader().setFlag(Flags.RA);
        assertEquals(Kind.NODATA, read());
        response.addRecord(soa(), Section.AUTHORITY);
        response.addRecord(nameServer(), Section.AUTHORITY);
        assertEquals(Kind.NODATA, read());
    }

    @Test
    void emptyFromAnAuthorityIsNoData() {
        response.getHeader().setFlag(Flags.AA);
        assertEquals(Kind.NODATA, read());
    }

    @Test
    void emptyWithNameServersIsAReferralAndNoAnswer() {
        response.getHeader().setFlag(Flags.RA);
        response.addRecord(nameServer(), Section.AUTHORITY);
        assertEquals(Kind.SERVFAIL, read());
    }

    @Test
    void emptyFromANonRecursiveServerWithoutAuthorityIsNoAnswer() {
        assertEquals(Kind.SERVFAIL, read());
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.FORMERR, Rcode.SERVFAIL, Rcode.NOTIMP, Rcode.REFUSED, Rcode.YXDOMAIN, 15})
    void everyOtherCodeIsAFailureWhateverTheAnswerContains(int rcode) {
        response.getHeader().setRcode(rcode);
        response.addRecord(address("mx.test."), Section.ANSWER);
        assertEquals(Kind.SERVFAIL, read());
    }

    @Test
    void aTruncatedRecordSetIsAFailure() {
        response.getHeader().setFlag(Flags.TC);
        response.addRecord(address("mx.test."), Section.ANSWER);
        assertEquals(Kind.MALFORMED, read());
    }

    @Test
    void recordsOfAnotherNameAreNoAnswer() {
        response.getHeader().setFlag(Flags.RA);
        response.addRecord(address("victim.test."), Section.ANSWER);
        assertEquals(Kind.NODATA, read());
    }

    @Test
    void anAliasThatIsNoHostNameIsFollowedButNotRecorded() {
        response.addRecord(new CNAMERecord(QUERY.name(), DClass.IN, 1, name("a\\032b.test.")), Section.ANSWER);
        response.addRecord(address("a\\032b.test."), Section.ANSWER);
        var answer = AnswerReader.read(QUERY, response, false);
        assertEquals(Kind.RECORDS, answer.kind());
        assertEquals(0, answer.aliases().size());
    }

    private Kind read() {
        return AnswerReader.read(QUERY, response, false).kind();
    }

    private static Record address(String name) {
        return new ARecord(name(name), DClass.IN, 1, InetAddress.ofLiteral("192.0.2.1"));
    }

    private static Record nameServer() {
        return new NSRecord(name("test."), DClass.IN, 1, name("ns.test."));
    }

    private static Record soa() {
        return new SOARecord(name("test."), DClass.IN, 1, name("ns.test."), name("ns.test."), 1, 1, 1, 1, 1);
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }
}
