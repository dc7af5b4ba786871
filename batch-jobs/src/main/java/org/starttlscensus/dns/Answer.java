package org.starttlscensus.dns;

import java.util.List;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.xbill.DNS.Record;

/**
 * What all resolvers and tries together said to one question.
 *
 * @param records of the type asked for, at the end of the CNAME chain; empty unless {@link Kind#RECORDS}
 * @param aliases the CNAME targets that were followed
 * @param overTcp whether the answer was too large for UDP
 */
record Answer(Kind kind, List<Record> records, List<Hostname> aliases, boolean overTcp) {

    enum Kind {
        RECORDS,
        /** The name exists and has no record of this type. */
        NODATA,
        NXDOMAIN,
        /** An answer came, and it is an error, malformed, or from somebody who does not know. */
        SERVFAIL,
        /** No answer came. */
        TIMEOUT,
        /** The resolver has an answer and does not believe it. */
        BOGUS;

        boolean isFailure() {
            return switch (this) {
                case SERVFAIL, TIMEOUT, BOGUS -> true;
                case RECORDS, NODATA, NXDOMAIN -> false;
            };
        }

        HostAddresses.Status status() {
            return switch (this) {
                case RECORDS -> HostAddresses.Status.FOUND;
                case NODATA -> HostAddresses.Status.NO_ADDRESS;
                case NXDOMAIN -> HostAddresses.Status.NXDOMAIN;
                case SERVFAIL -> HostAddresses.Status.SERVFAIL;
                case TIMEOUT -> HostAddresses.Status.TIMEOUT;
                case BOGUS -> HostAddresses.Status.BOGUS;
            };
        }
    }

    static final Answer SERVFAIL = without(Kind.SERVFAIL);
    static final Answer TIMEOUT = without(Kind.TIMEOUT);
    static final Answer BOGUS = without(Kind.BOGUS);

    Answer {
        records = List.copyOf(records);
        aliases = List.copyOf(aliases);
    }

    private static Answer without(Kind kind) {
        return new Answer(kind, List.of(), List.of(), false);
    }
}
