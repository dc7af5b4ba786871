package org.starttlscensus.dns;

import java.util.Set;
import java.util.stream.Stream;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;

/**
 * Recognises DNSSEC failures among SERVFAIL responses by the resolver's extended DNS errors.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8914#section-4">RFC 8914, section 4: extended DNS errors</a>
 */
final class DnssecErrors {

    private static final Set<Integer> CODES = Set.of(
            ExtendedErrorCodeOption.UNSUPPORTED_DNSKEY_ALGORITHM,
            ExtendedErrorCodeOption.UNSUPPORTED_DS_DIGEST_TYPE,
            ExtendedErrorCodeOption.DNSSEC_INDETERMINATE,
            ExtendedErrorCodeOption.DNSSEC_BOGUS,
            ExtendedErrorCodeOption.SIGNATURE_EXPIRED,
            ExtendedErrorCodeOption.SIGNATURE_NOT_YET_VALID,
            ExtendedErrorCodeOption.DNSKEY_MISSING,
            ExtendedErrorCodeOption.RRSIGS_MISSING,
            ExtendedErrorCodeOption.NO_ZONE_KEY_BIT_SET,
            ExtendedErrorCodeOption.NSEC_MISSING,
            ExtendedErrorCodeOption.SIGNATURE_EXPIRED_BEFORE_VALID,
            ExtendedErrorCodeOption.UNSUPPORTED_NSEC3_ITERATIONS_VALUE);

    /** Errors that name no cause: "other", and an error from the resolver's memory. */
    private static final Set<Integer> UNSPECIFIC =
            Set.of(ExtendedErrorCodeOption.OTHER, ExtendedErrorCodeOption.CACHED_ERROR);

    private DnssecErrors() {}

    static boolean in(Message servfail) {
        return codes(servfail).anyMatch(CODES::contains);
    }

    /** Whether the resolver names a cause, and it is another one: for example that it reached no name server. */
    static boolean areExcludedBy(Message servfail) {
        return !in(servfail) && !codes(servfail).allMatch(UNSPECIFIC::contains);
    }

    private static Stream<Integer> codes(Message servfail) {
        var edns = servfail.getOPT();
        if (edns == null) return Stream.empty();
        return edns.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .filter(ExtendedErrorCodeOption.class::isInstance)
                .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode());
    }
}
