package org.starttlscensus.fact;

import java.time.Instant;
import java.util.Optional;

/**
 * A stapled OCSP response, as far as it could be read. Its signature is not looked at: that is a verdict.
 *
 * @param der               as sent
 * @param responseStatus    empty if it cannot be read
 * @param certificateStatus of the first certificate it speaks of
 * @param thisUpdate        when that was known to be so
 * @param nextUpdate        by when there is newer word
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-4.2.1">RFC 6960, section 4.2.1</a>
 */
public record OcspResponse(
        Octets der,
        Optional<OcspStatus> responseStatus,
        Optional<OcspStatus.OfCertificate> certificateStatus,
        Optional<Instant> thisUpdate,
        Optional<Instant> nextUpdate) {}
