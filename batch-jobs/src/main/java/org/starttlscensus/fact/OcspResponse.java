package org.starttlscensus.fact;

import java.time.Instant;
import java.util.Optional;

/**
 * A stapled OCSP response, as far as it could be read. Its signature is not looked at: that is a verdict.
 *
 * @param der               as sent
 * @param responseStatus    {@code successful}, {@code malformed_request}, {@code internal_error}, {@code try_later},
 *                          {@code sig_required}, {@code unauthorized}; empty if it cannot be read
 * @param certificateStatus {@code good}, {@code revoked} or {@code unknown}, of the first certificate it speaks of
 * @param thisUpdate        when that was known to be so
 * @param nextUpdate        by when there is newer word
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-4.2.1">RFC 6960, section 4.2.1</a>
 */
public record OcspResponse(
        Octets der,
        Optional<String> responseStatus,
        Optional<String> certificateStatus,
        Optional<Instant> thisUpdate,
        Optional<Instant> nextUpdate) {}
