package org.starttlscensus.dns;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * One name and type to ask for, and what is known about the name already.
 *
 * @param name     absolute
 * @param type     as in {@link org.xbill.DNS.Type}
 * @param thorough false where the same name has failed a moment ago: one query, then it is taken as it is. This keeps
 *                 the cost of a domain whose ten hosts all fail at about thirty queries
 * @param overTcp  whether UDP is skipped: the answer to another type did not fit
 */
record DnsQuery(Name name, int type, boolean thorough, boolean overTcp) {

    static DnsQuery of(String canonical, int type) {
        return new DnsQuery(Name.fromConstantString(canonical + "."), type, true, false);
    }

    /** The same name, another type, after {@code earlier} came. */
    DnsQuery then(int otherType, Answer earlier) {
        return new DnsQuery(name, otherType, !earlier.kind().isFailure(), earlier.overTcp());
    }

    Message toMessage() {
        return Message.newQuery(Record.newRecord(name, type, DClass.IN));
    }
}
