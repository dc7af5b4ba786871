package org.starttlscensus.dns;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.xbill.DNS.Record;

/**
 * The combined answer of all resolvers and tries to one query.
 *
 * @param records of the queried type, at the end of the CNAME chain; empty unless {@link Kind#RECORDS}
 * @param aliases the CNAME targets that were followed
 * @param overTcp whether the answer was too large for UDP
 */
record Answer(Kind kind, List<Record> records, List<Hostname> aliases, boolean overTcp) {

    enum Kind {
        RECORDS,
        /** The name exists and has no record of this type. */
        NODATA,
        NXDOMAIN,
        /** A response arrived, but it is an error or a referral. */
        SERVFAIL,
        /** A response arrived, but it is no readable answer to the query. */
        MALFORMED,
        /** No response arrived. */
        TIMEOUT,
        /** The resolver rejected the answer by DNSSEC validation. */
        BOGUS;

        boolean isFailure() {
            return switch (this) {
                case SERVFAIL, MALFORMED, TIMEOUT, BOGUS -> true;
                case RECORDS, NODATA, NXDOMAIN -> false;
            };
        }

        HostAddresses.Status status() {
            return switch (this) {
                case RECORDS -> HostAddresses.Status.FOUND;
                case NODATA -> HostAddresses.Status.NO_ADDRESS;
                case NXDOMAIN -> HostAddresses.Status.NXDOMAIN;
                case SERVFAIL -> HostAddresses.Status.SERVFAIL;
                case MALFORMED -> HostAddresses.Status.MALFORMED;
                case TIMEOUT -> HostAddresses.Status.TIMEOUT;
                case BOGUS -> HostAddresses.Status.BOGUS;
            };
        }
    }

    static final Answer SERVFAIL = without(Kind.SERVFAIL);
    static final Answer MALFORMED = without(Kind.MALFORMED);
    static final Answer TIMEOUT = without(Kind.TIMEOUT);
    static final Answer BOGUS = without(Kind.BOGUS);

    Answer {
        records = List.copyOf(records);
        aliases = List.copyOf(aliases);
    }

    /** @param value of a record; empty: the record is of no use, and counts as none */
    <T> LookedUp<T> values(Function<Record, Optional<T>> value) {
        return switch (kind) {
            case RECORDS -> {
                var usable = records.stream()
                        .map(value)
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
                yield usable.isEmpty() ? new LookedUp.Denied<>(true) : new LookedUp.Present<>(usable);
            }
            case NODATA -> new LookedUp.Denied<>(true);
            case NXDOMAIN -> new LookedUp.Denied<>(false);
            case SERVFAIL -> new LookedUp.Unanswered<>(LookUpFailure.SERVFAIL);
            case MALFORMED -> new LookedUp.Unanswered<>(LookUpFailure.MALFORMED);
            case TIMEOUT -> new LookedUp.Unanswered<>(LookUpFailure.TIMEOUT);
            case BOGUS -> new LookedUp.Unanswered<>(LookUpFailure.BOGUS);
        };
    }

    private static Answer without(Kind kind) {
        return new Answer(kind, List.of(), List.of(), false);
    }
}
