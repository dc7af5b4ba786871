package org.starttlscensus.lab;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.starttlscensus.lab.LabZone.DnsBehavior;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Makes the response to a query from the zone: the part of {@link LabDns} that needs no socket. */
final class LabAnswers {

    private static final int TTL_SECONDS = 300;
    private static final int UDP_OCTETS = 1_232;
    /** The place of the last octet of ARCOUNT. */
    private static final int ADDITIONAL_COUNT = 11;

    private static final Name NAME_SERVER = LabZone.name("ns.lab.test");
    private static final Name ELSEWHERE = LabZone.name("elsewhere.test");

    private final LabZone zone;

    LabAnswers(LabZone zone) {
        this.zone = zone;
    }

    /**
     * The octets to send, in order; none if the server stays silent.
     *
     * @param earlier how many queries there were before for the same name and type
     */
    List<byte[]> to(Message query, boolean overTcp, long earlier) {
        var name = query.getQuestion().getName();
        var behavior = zone.behavior(name, query.getQuestion().getType());
        var fails = earlier < zone.failures(name);
        var largest = largest(query, overTcp);
        return messages(query, overTcp, fails).stream()
                .map(response -> response.toWire(largest))
                .map(octets -> fails ? octets : spoilt(octets, query, behavior))
                .toList();
    }

    private static byte[] spoilt(byte[] octets, Message query, DnsBehavior behavior) {
        return switch (behavior) {
            case MALFORMED -> Arrays.copyOf(octets, questionEnd(query) + 5);
            case BROKEN_ADDITIONAL -> {
                octets[ADDITIONAL_COUNT]++;
                yield octets;
            }
            case PLAIN,
                    SERVFAIL,
                    REFUSED,
                    SILENT,
                    BOGUS,
                    BOGUS_EXPLAINED,
                    UNREACHABLE_EXPLAINED,
                    TRUNCATED,
                    REFERRAL,
                    SPOOFED,
                    OTHER_QUESTION -> octets;
        };
    }

    /** The question is the first record, so its name is not compressed; type and class follow it. */
    private static int questionEnd(Message query) {
        return Header.LENGTH + query.getQuestion().getName().length() + 4;
    }

    private List<Message> messages(Message query, boolean overTcp, boolean fails) {
        var question = query.getQuestion();
        var response = new Message(query.getHeader().getID());
        var header = response.getHeader();
        header.setFlag(Flags.QR);
        header.setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) header.setFlag(Flags.RD);
        response.addRecord(question, Section.QUESTION);

        if (fails) return List.of(failed(query, response, Rcode.SERVFAIL));
        var canonical = followAliases(question, response);
        var own = zone.behavior(question.getName(), question.getType());
        var behavior = own == DnsBehavior.PLAIN ? zone.behavior(canonical, question.getType()) : own;
        return switch (behavior) {
            case PLAIN, MALFORMED, BROKEN_ADDITIONAL -> List.of(answered(query, response, canonical));
            case SERVFAIL -> List.of(failed(query, response, Rcode.SERVFAIL));
            case REFUSED -> List.of(failed(query, response, Rcode.REFUSED));
            case SILENT -> List.of();
            case BOGUS, BOGUS_EXPLAINED, UNREACHABLE_EXPLAINED ->
                List.of(
                        query.getHeader().getFlag(Flags.CD)
                                ? answered(query, response, canonical)
                                : bogus(query, response, behavior));
            case TRUNCATED -> List.of(overTcp ? answered(query, response, canonical) : truncated(query, response));
            case REFERRAL -> List.of(referral(query, response));
            case SPOOFED -> List.of(spoofed(query), answered(query, response, canonical));
            case OTHER_QUESTION -> List.of(otherQuestion(query));
        };
    }

    private Name followAliases(Record question, Message response) {
        var seen = new HashSet<Name>();
        var owner = question.getName();
        while (seen.add(owner)) {
            var alias = zone.records(owner, Type.CNAME);
            if (alias.isEmpty() || question.getType() == Type.CNAME) return owner;
            response.addRecord(alias.getFirst(), Section.ANSWER);
            owner = ((CNAMERecord) alias.getFirst()).getTarget();
        }
        return owner;
    }

    private Message answered(Message query, Message response, Name canonical) {
        response.getHeader().setFlag(Flags.AA);
        var records = zone.records(canonical, query.getQuestion().getType());
        records.forEach(record -> response.addRecord(record, Section.ANSWER));
        if (!zone.exists(canonical)) response.getHeader().setRcode(Rcode.NXDOMAIN);
        if (records.isEmpty()) {
            response.addRecord(
                    new SOARecord(
                            Name.root,
                            DClass.IN,
                            TTL_SECONDS,
                            NAME_SERVER,
                            NAME_SERVER,
                            1,
                            TTL_SECONDS,
                            TTL_SECONDS,
                            TTL_SECONDS,
                            TTL_SECONDS),
                    Section.AUTHORITY);
        }
        return withEdns(query, response);
    }

    private static Message failed(Message query, Message response, int rcode) {
        response.removeAllRecords(Section.ANSWER);
        response.getHeader().setRcode(rcode);
        return withEdns(query, response);
    }

    private static Message bogus(Message query, Message response, DnsBehavior behavior) {
        if (behavior == DnsBehavior.BOGUS || query.getOPT() == null) return failed(query, response, Rcode.SERVFAIL);
        response.removeAllRecords(Section.ANSWER);
        response.getHeader().setRcode(Rcode.SERVFAIL);
        var error = behavior == DnsBehavior.UNREACHABLE_EXPLAINED
                ? ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY
                : ExtendedErrorCodeOption.DNSSEC_BOGUS;
        response.addRecord(new OPTRecord(UDP_OCTETS, 0, 0, 0, new ExtendedErrorCodeOption(error)), Section.ADDITIONAL);
        return response;
    }

    private static Message truncated(Message query, Message response) {
        response.removeAllRecords(Section.ANSWER);
        response.getHeader().setFlag(Flags.TC);
        return withEdns(query, response);
    }

    private static Message referral(Message query, Message response) {
        response.removeAllRecords(Section.ANSWER);
        response.getHeader().unsetFlag(Flags.RA);
        response.addRecord(
                new NSRecord(query.getQuestion().getName(), DClass.IN, TTL_SECONDS, ELSEWHERE), Section.AUTHORITY);
        return withEdns(query, response);
    }

    private static Message spoofed(Message query) {
        var response = denial(query.getHeader().getID() ^ 0x5555);
        response.addRecord(query.getQuestion(), Section.QUESTION);
        return response;
    }

    private static Message otherQuestion(Message query) {
        var response = denial(query.getHeader().getID());
        response.addRecord(Record.newRecord(ELSEWHERE, query.getQuestion().getType(), DClass.IN), Section.QUESTION);
        return response;
    }

    private static Message denial(int id) {
        var response = new Message(id);
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RA);
        response.getHeader().setRcode(Rcode.NXDOMAIN);
        return response;
    }

    private static Message withEdns(Message query, Message response) {
        if (query.getOPT() != null) response.addRecord(new OPTRecord(UDP_OCTETS, 0, 0), Section.ADDITIONAL);
        return response;
    }

    /** The largest response that the client accepts; dnsjava sets TC where it leaves records out. */
    private static int largest(Message query, boolean overTcp) {
        if (overTcp) return Message.MAXLENGTH;
        var edns = query.getOPT();
        return edns == null ? 512 : Math.min(Math.max(edns.getPayloadSize(), 512), UDP_OCTETS);
    }
}
