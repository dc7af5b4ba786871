package org.starttlscensus.dns;

import java.util.Set;
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

    private DnssecErrors() {}

    static boolean in(Message servfail) {
        var edns = servfail.getOPT();
        return edns != null
                && edns.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                        .anyMatch(option -> option instanceof ExtendedErrorCodeOption error
                                && CODES.contains(error.getErrorCode()));
    }
}
