package org.starttlscensus.tls;

import java.io.IOException;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsSecret;

/**
 * One ephemeral key for all key shares of a connection that contain one of its group: the group's own share and its
 * part of a hybrid share. The server uses only one of them. RFC 8446 requires a separate key for each share; the draft
 * on hybrids lifts that.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-tls-hybrid-design-16#section-3.2">
 *     Hybrid key exchange in TLS 1.3, section 3.2</a>
 */
final class SharedKey implements TlsAgreement {

    private final TlsAgreement agreement;
    private byte[] share = {};

    SharedKey(TlsAgreement agreement) {
        this.agreement = agreement;
    }

    @Override
    public byte[] generateEphemeral() throws IOException {
        if (share.length == 0) share = agreement.generateEphemeral();
        return share.clone();
    }

    @Override
    public void receivePeerValue(byte[] peerValue) throws IOException {
        agreement.receivePeerValue(peerValue);
    }

    @Override
    public TlsSecret calculateSecret() throws IOException {
        return agreement.calculateSecret();
    }
}
