package org.starttlscensus.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;

/**
 * A CertificateRequest without the names of its certificate authorities. We have no certificate to choose by them, and
 * Bouncy Castle ends the handshake at a name that is not strict DER, which other clients do not even read. What frames
 * them is still checked.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4">RFC 5246, section 7.4.4: certificate request</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-4.2.4">RFC 8446, section 4.2.4: certificate
 *     authorities</a>
 */
final class CertificateRequestMessage {

    private static final byte[] ANY_TYPE = {ClientCertificateType.rsa_sign};

    private CertificateRequestMessage() {}

    /**
     * The message of TLS 1.2 and before.
     *
     * @param hasSchemes whether it lists signature schemes: in TLS 1.2
     * @throws TlsFatalAlert decode_error if its parts do not fill it exactly
     */
    static ByteArrayInputStream withoutAuthorities(ByteArrayInputStream message, boolean hasSchemes)
            throws IOException {
        var kept = new ByteArrayOutputStream();
        var types = TlsUtils.readOpaque8(message);
        TlsUtils.writeOpaque8(types.length == 0 ? ANY_TYPE : types, kept);
        if (hasSchemes) TlsUtils.writeOpaque16(TlsUtils.readOpaque16(message), kept);
        var authorities = new ByteArrayInputStream(TlsUtils.readOpaque16(message));
        while (authorities.available() > 0) TlsUtils.readOpaque16(authorities);
        TlsUtils.writeOpaque16(TlsUtils.EMPTY_BYTES, kept);
        return whole(message, kept);
    }

    /** The same for TLS 1.3, where the authorities are an extension. */
    static ByteArrayInputStream withoutAuthorities13(ByteArrayInputStream message) throws IOException {
        var kept = new ByteArrayOutputStream();
        TlsUtils.writeOpaque8(TlsUtils.readOpaque8(message), kept);
        var extensions = new ByteArrayInputStream(TlsUtils.readOpaque16(message));
        var others = new ByteArrayOutputStream();
        while (extensions.available() > 0) {
            var type = TlsUtils.readUint16(extensions);
            var content = TlsUtils.readOpaque16(extensions);
            if (type == ExtensionType.certificate_authorities) continue;
            TlsUtils.writeUint16(type, others);
            TlsUtils.writeOpaque16(content, others);
        }
        TlsUtils.writeOpaque16(others.toByteArray(), kept);
        return whole(message, kept);
    }

    private static ByteArrayInputStream whole(ByteArrayInputStream rest, ByteArrayOutputStream kept)
            throws TlsFatalAlert {
        if (rest.available() > 0) throw new TlsFatalAlert(AlertDescription.decode_error);
        return new ByteArrayInputStream(kept.toByteArray());
    }
}
