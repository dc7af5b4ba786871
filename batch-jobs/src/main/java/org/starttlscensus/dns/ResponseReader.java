package org.starttlscensus.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSInput;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * Reads the octets of a response, and of them only what an answer is made of. dnsjava's own parser gives up the whole
 * message at the first record that it cannot read, even at one of a type that nobody asked for.
 *
 * <p>The header, the question and the answer must be readable, and so must the records of the queried type and the
 * aliases. Of other records only the frame is read, never the data. Where a frame of the other sections is broken, the
 * rest of the message is left unread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-4.1">RFC 1035, section 4.1: format of messages</a>
 */
final class ResponseReader {

    private static final List<Integer> FLAGS = List.of((int) Flags.AA, (int) Flags.TC, (int) Flags.RA);
    private static final int FOUR_BITS = 0xf;
    private static final int OPTION_HEADER = 4;

    private final DnsQuery dnsQuery;
    private final DNSInput in;
    private final int[] counts = new int[4];
    private Message response = new Message();
    /** Whether the response claims to be a whole answer, rather than an error or a part of an answer. */
    private boolean isAnswer;

    private ResponseReader(DnsQuery dnsQuery, byte[] octets) {
        this.dnsQuery = dnsQuery;
        this.in = new DNSInput(octets);
    }

    /**
     * @param octets whatever a resolver sent
     * @return the response with the records that {@link AnswerReader} and {@link DnssecErrors} need. A response that
     *     reports an error, or that it is truncated, is returned without an answer
     * @throws WireParseException if the octets are no response to the query, or its answer cannot be read
     */
    static Message read(DnsQuery dnsQuery, byte[] octets) throws WireParseException {
        return new ResponseReader(dnsQuery, octets).read();
    }

    private Message read() throws WireParseException {
        header();
        question();
        var answerIsWhole = section(Section.ANSWER);
        if (isAnswer && !answerIsWhole) throw new WireParseException("a record of the answer cannot be read");
        var authorityIsWhole = answerIsWhole && section(Section.AUTHORITY);
        // "No such record" and a referral differ only in the authority section.
        if (isAnswer && !authorityIsWhole && isEmpty())
            throw new WireParseException("an empty answer, and its authority section cannot be read");
        if (authorityIsWhole) section(Section.ADDITIONAL);
        return response;
    }

    private void header() throws WireParseException {
        var id = in.readU16();
        var bits = in.readU16();
        if (!isSet(bits, Flags.QR) || ((bits >> 11) & FOUR_BITS) != Opcode.QUERY)
            throw new WireParseException("no response to a query");
        response = new Message(id);
        for (var flag : FLAGS) {
            if (isSet(bits, flag)) response.getHeader().setFlag(flag);
        }
        var rcode = bits & FOUR_BITS;
        response.getHeader().setRcode(rcode);
        isAnswer = (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) && !isSet(bits, Flags.TC);
        for (int i = 0; i < counts.length; i++) counts[i] = in.readU16();
    }

    private static boolean isSet(int bits, int flag) {
        return (bits & (1 << (15 - flag))) != 0;
    }

    /** A resolver that cannot read a query, or will not, may leave its question out. */
    private void question() throws WireParseException {
        var rcode = response.getHeader().getRcode();
        if (counts[Section.QUESTION] == 0 && rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) return;
        if (counts[Section.QUESTION] != 1
                || !new Name(in).equals(dnsQuery.name())
                || in.readU16() != dnsQuery.type()
                || in.readU16() != DClass.IN) throw new WireParseException("the response to another question");
    }

    /**
     * Reads the records of a section.
     *
     * @return false if it could not be read to its end
     * @throws WireParseException if a record that is needed has a frame but no readable data
     */
    private boolean section(int section) throws WireParseException {
        for (int i = 0; i < counts[section]; i++) {
            Name owner;
            int type;
            int dclass;
            long ttl;
            int length;
            try {
                owner = new Name(in);
                type = in.readU16();
                dclass = in.readU16();
                ttl = in.readU32();
                length = in.readU16();
            } catch (WireParseException broken) {
                return false;
            }
            if (length > in.remaining()) return false;
            var end = in.current() + length;
            switch (section) {
                case Section.ANSWER -> {
                    if (isAnswer && dclass == DClass.IN && (type == dnsQuery.type() || type == Type.CNAME))
                        response.addRecord(data(owner, type, length), section);
                }
                case Section.AUTHORITY -> {
                    if (type == Type.NS || type == Type.SOA)
                        response.addRecord(Record.newRecord(owner, type, DClass.IN), section);
                }
                default -> {
                    if (type == Type.OPT && response.getOPT() == null)
                        response.addRecord(options(dclass, ttl, end), section);
                }
            }
            in.readByteArray(end - in.current());
        }
        return true;
    }

    private Record data(Name owner, int type, int length) throws WireParseException {
        var end = in.current() + length;
        var record = switch (type) {
            case Type.A -> new ARecord(owner, DClass.IN, 0, address(length, 4));
            case Type.AAAA -> new AAAARecord(owner, DClass.IN, 0, address(length, 16));
            case Type.MX -> new MXRecord(owner, DClass.IN, 0, in.readU16(), new Name(in));
            case Type.CNAME -> new CNAMERecord(owner, DClass.IN, 0, new Name(in));
            case Type.PTR -> new PTRRecord(owner, DClass.IN, 0, new Name(in));
            case Type.TXT -> text(owner, length);
            default -> throw new IllegalArgumentException("records of type " + Type.string(type) + " are not read");
        };
        if (in.current() != end) throw new WireParseException("a record whose data is longer or shorter than it says");
        return record;
    }

    private InetAddress address(int length, int expected) throws WireParseException {
        if (length != expected) throw new WireParseException("an address of " + length + " octets");
        try {
            return InetAddress.getByAddress(in.readByteArray(length));
        } catch (WireParseException e) {
            throw e;
        } catch (IOException impossible) {
            throw new IllegalStateException("an address of " + length + " octets is one", impossible);
        }
    }

    private Record text(Name owner, int length) throws WireParseException {
        var record = Record.newRecord(owner, Type.TXT, DClass.IN, 0, in.readByteArray(length));
        if (!(record instanceof TXTRecord text) || text.getStringsAsByteArrays().isEmpty())
            throw new WireParseException("a broken TXT record");
        return record;
    }

    /** Of EDNS only the extended response code and the extended errors; an option that is broken ends the list. */
    private OPTRecord options(int payload, long ttl, int end) throws WireParseException {
        var options = new ArrayList<EDNSOption>();
        while (end - in.current() >= OPTION_HEADER) {
            var code = in.readU16();
            var length = in.readU16();
            if (length > end - in.current()) break;
            var data = in.readByteArray(length);
            if (code == EDNSOption.Code.EDNS_EXTENDED_ERROR && length >= 2)
                options.add(new ExtendedErrorCodeOption(((data[0] & 0xff) << 8) | (data[1] & 0xff)));
        }
        return new OPTRecord(payload, (int) (ttl >> 24), (int) (ttl >> 16) & 0xff, (int) ttl & 0xffff, options);
    }

    private boolean isEmpty() {
        return response.getHeader().getRcode() == Rcode.NOERROR
                && response.getSection(Section.ANSWER).stream()
                        .noneMatch(record -> record.getType() == dnsQuery.type());
    }
}
