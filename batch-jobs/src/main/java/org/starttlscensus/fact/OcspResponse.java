package org.starttlscensus.fact;

import java.time.Instant;
import java.util.Optional;

/**
 * A stapled OCSP response and the fields that could be read. Its signature is not verified here: that is a verdict.
 *
 * @param der               as sent
 * @param responseStatus    empty if it cannot be read
 * @param certificateStatus the status of the first certificate in it
 * @param thisUpdate        when that status was known to be correct
 * @param nextUpdate        when newer information will be available
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-4.2.1">RFC 6960, section 4.2.1</a>
 */
public record OcspResponse(
        Octets der,
        Optional<OcspStatus> responseStatus,
        Optional<OcspStatus.OfCertificate> certificateStatus,
        Optional<Instant> thisUpdate,
        Optional<Instant> nextUpdate) {}
