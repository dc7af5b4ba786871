package org.starttlscensus.tls;

import java.util.Arrays;
import java.util.Hashtable;
import java.util.Optional;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExtensionType;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsTraits;

/** Records what a server shows besides the negotiated parameters, and builds the {@link TlsTraits}. */
final class TraitsRecorder {

    /** Length of the header before a stapled response: one octet for its type, three for its length. */
    private static final int STATUS_HEADER = 4;

    private boolean extendedMasterSecret;
    private boolean secureRenegotiation;
    private boolean helloRetryRequested;
    private boolean sessionTicket;
    private Optional<Octets> staple = Optional.empty();
    private Optional<Octets> timestamps = Optional.empty();

    void secureRenegotiation(boolean supported) {
        secureRenegotiation = supported;
    }

    void helloRetryRequest() {
        helloRetryRequested = true;
    }

    void sessionTicket() {
        sessionTicket = true;
    }

    boolean hasSessionTicket() {
        return sessionTicket;
    }

    /** @param status a CertificateStatus as sent; all octets after its header are taken for the response */
    void certificateStatus(byte[] status) {
        if (status.length <= STATUS_HEADER) return;
        staple = Optional.of(Octets.of(Arrays.copyOfRange(status, STATUS_HEADER, status.length)));
    }

    /** Before TLS 1.3 the server's extensions are in its hello. */
    void extensions(@Nullable Hashtable<?, ?> ofServerHello) {
        timestamps = extension(ofServerHello, ExtensionType.signed_certificate_timestamp);
        extendedMasterSecret =
                extension(ofServerHello, ExtensionType.extended_master_secret).isPresent();
    }

    /** In TLS 1.3 the extensions of a certificate are sent with it. */
    void certificate(Certificate sent) {
        if (sent.isEmpty()) return;
        var extensions = sent.getCertificateEntryAt(0).getExtensions();
        extension(extensions, ExtensionType.signed_certificate_timestamp)
                .ifPresent(list -> timestamps = Optional.of(list));
        extension(extensions, ExtensionType.status_request).ifPresent(status -> certificateStatus(status.toArray()));
    }

    /** @param tls13 whether TLS 1.3 was chosen, which has neither of the first two */
    TlsTraits traits(boolean tls13) {
        return new TlsTraits(
                tls13 ? Optional.empty() : Optional.of(extendedMasterSecret),
                tls13 ? Optional.empty() : Optional.of(secureRenegotiation),
                sessionTicket,
                helloRetryRequested,
                staple,
                timestamps);
    }

    private static Optional<Octets> extension(@Nullable Hashtable<?, ?> extensions, int type) {
        if (extensions == null) return Optional.empty();
        return Optional.ofNullable((byte[]) extensions.get(type)).map(Octets::of);
    }
}
