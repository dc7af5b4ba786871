package org.starttlscensus.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.dns.Answer.Kind;
import org.starttlscensus.fact.Hostname;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Reads one response. Its id and question have already been compared with those of the query.
 *
 * <p>A response that is neither an answer nor a well-formed denial is a failure, never "no such record".
 */
final class AnswerReader {

    /** Longer chains, and so loops too, are SERVFAIL. BIND and Unbound follow as many. */
    static final int MOST_ALIASES = 11;

    private AnswerReader() {}

    static Answer read(DnsQuery dnsQuery, Message response, boolean overTcp) {
        var rcode = response.getRcode();
        if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) return Answer.SERVFAIL;
        // The response is truncated even over TCP; part of a record set must not be used.
        if (response.getHeader().getFlag(Flags.TC)) return Answer.MALFORMED;

        var aliasOf = aliases(response);
        var aliases = new ArrayList<Hostname>();
        var owner = dnsQuery.name();
        for (int followed = 0; aliasOf.containsKey(owner); followed++) {
            if (followed == MOST_ALIASES) return Answer.SERVFAIL;
            owner = aliasOf.get(owner);
            asHostname(owner).ifPresent(aliases::add);
        }
        if (rcode == Rcode.NXDOMAIN) return new Answer(Kind.NXDOMAIN, List.of(), aliases, overTcp);

        var records = recordsOf(response, owner, dnsQuery.type());
        if (!records.isEmpty()) return new Answer(Kind.RECORDS, records, aliases, overTcp);
        if (isReferral(response)) return Answer.SERVFAIL;
        return new Answer(Kind.NODATA, List.of(), aliases, overTcp);
    }

    /** A DNS name as a host name; empty for the root and other names that are not host names. */
    static Optional<Hostname> asHostname(Name name) {
        try {
            return Optional.of(new Hostname(name.toString(true)));
        } catch (IllegalArgumentException notAHostName) {
            return Optional.empty();
        }
    }

    private static Map<Name, Name> aliases(Message response) {
        var aliasOf = new HashMap<Name, Name>();
        for (var record : response.getSection(Section.ANSWER)) {
            if (record instanceof CNAMERecord alias) aliasOf.putIfAbsent(alias.getName(), alias.getTarget());
        }
        return aliasOf;
    }

    private static List<Record> recordsOf(Message response, Name owner, int type) {
        return response.getSection(Section.ANSWER).stream()
                .filter(record -> record.getType() == type && record.getName().equals(owner))
                .toList();
    }

    /**
     * Whether an empty NOERROR response is a referral rather than "no such record". The server then neither recurses
     * nor is authoritative, or it names other name servers without an SOA.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc2308#section-2.2">RFC 2308, section 2.2: no data, and
     *     referrals</a>
     */
    private static boolean isReferral(Message response) {
        var header = response.getHeader();
        if (header.getFlag(Flags.AA)) return false;
        if (!header.getFlag(Flags.RA)) return true;
        var authority = response.getSection(Section.AUTHORITY);
        return authority.stream().anyMatch(record -> record.getType() == Type.NS)
                && authority.stream().noneMatch(record -> record.getType() == Type.SOA);
    }
}
