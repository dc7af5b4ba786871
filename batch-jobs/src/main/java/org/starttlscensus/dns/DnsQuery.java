package org.starttlscensus.dns;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * One name and type to query, and what is already known about the name.
 *
 * @param name     absolute
 * @param type     as in {@link org.xbill.DNS.Type}
 * @param thorough false if the same name has just failed; it is then queried only once. This limits the cost of a
 *                 domain whose ten hosts all fail to about forty queries
 * @param overTcp  whether UDP is skipped, because the answer for another type did not fit
 */
record DnsQuery(Name name, int type, boolean thorough, boolean overTcp) {

    static DnsQuery of(String canonical, int type) {
        return of(Name.fromConstantString(canonical + "."), type);
    }

    /** @param name absolute */
    static DnsQuery of(Name name, int type) {
        return new DnsQuery(name, type, true, false);
    }

    /** A query for another type of the same name, after the answer {@code earlier}. */
    DnsQuery then(int otherType, Answer earlier) {
        return new DnsQuery(name, otherType, !earlier.kind().isFailure(), earlier.overTcp());
    }

    /** @param udpOctets the largest response over UDP */
    Message toMessage(int udpOctets) {
        var query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        query.addRecord(new OPTRecord(udpOctets, 0, 0), Section.ADDITIONAL);
        return query;
    }
}
