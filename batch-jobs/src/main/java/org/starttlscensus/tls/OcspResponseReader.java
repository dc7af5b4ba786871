package org.starttlscensus.tls;

import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.OcspResponse;
import org.starttlscensus.fact.OcspStatus;
import org.starttlscensus.fact.Octets;

/**
 * Parses DER into an {@link OcspResponse}. It reads each field separately and never throws for the content of a
 * response. It verifies nothing. Thread-safe.
 */
public final class OcspResponseReader {

    private static final int GOOD = 0;
    private static final int REVOKED = 1;
    private static final int UNKNOWN = 2;

    private OcspResponseReader() {}

    public static OcspResponse read(Octets der) {
        var outer = CertificateReader.readOrEmpty(() -> OCSPResponse.getInstance(der.toArray()));
        var status = outer.flatMap(
                response -> CertificateReader.readOrEmpty(() -> responseStatus(response.getResponseStatus())));
        var first = outer.flatMap(response -> CertificateReader.readOrEmpty(() -> first(response)));
        return new OcspResponse(
                der,
                status,
                first.flatMap(one -> CertificateReader.readOrEmpty(
                        () -> certificateStatus(one.getCertStatus().getTagNo()))),
                first.flatMap(one -> time(one.getThisUpdate())),
                first.flatMap(one -> time(one.getNextUpdate())));
    }

    private static @Nullable SingleResponse first(OCSPResponse response) {
        var bytes = response.getResponseBytes();
        if (bytes == null || !OCSPObjectIdentifiers.id_pkix_ocsp_basic.equals(bytes.getResponseType())) return null;
        var responses = BasicOCSPResponse.getInstance(bytes.getResponse().getOctets())
                .getTbsResponseData()
                .getResponses();
        return responses.size() == 0 ? null : SingleResponse.getInstance(responses.getObjectAt(0));
    }

    private static Optional<Instant> time(@Nullable ASN1GeneralizedTime time) {
        return CertificateReader.readOrEmpty(() -> {
            try {
                return time == null ? null : time.getDate().toInstant();
            } catch (ParseException unreadable) {
                return null;
            }
        });
    }

    /** Null for a number that RFC 6960 does not define. */
    private static @Nullable OcspStatus responseStatus(OCSPResponseStatus status) {
        return switch (status.getIntValue()) {
            case OCSPResponseStatus.SUCCESSFUL -> OcspStatus.SUCCESSFUL;
            case OCSPResponseStatus.MALFORMED_REQUEST -> OcspStatus.MALFORMED_REQUEST;
            case OCSPResponseStatus.INTERNAL_ERROR -> OcspStatus.INTERNAL_ERROR;
            case OCSPResponseStatus.TRY_LATER -> OcspStatus.TRY_LATER;
            case OCSPResponseStatus.SIG_REQUIRED -> OcspStatus.SIG_REQUIRED;
            case OCSPResponseStatus.UNAUTHORIZED -> OcspStatus.UNAUTHORIZED;
            default -> null;
        };
    }

    private static OcspStatus.@Nullable OfCertificate certificateStatus(int tag) {
        return switch (tag) {
            case GOOD -> OcspStatus.OfCertificate.GOOD;
            case REVOKED -> OcspStatus.OfCertificate.REVOKED;
            case UNKNOWN -> OcspStatus.OfCertificate.UNKNOWN;
            default -> null;
        };
    }
}
