package org.starttlscensus.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.bouncycastle.tls.DefaultTlsKeyExchangeFactory;
import org.bouncycastle.tls.ECCurveType;
import org.bouncycastle.tls.TlsECDHEKeyExchange;
import org.bouncycastle.tls.TlsKeyExchange;

/**
 * Bouncy Castle's key exchanges. Before TLS 1.3 the server's curve is recorded as it arrives: the engine itself uses it
 * only after the signature, which may be wrong.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8422#section-5.4">RFC 8422, section 5.4: server key exchange</a>
 */
final class RecordingKeyExchanges extends DefaultTlsKeyExchangeFactory {

    /** The type of the curve, and the number of a named one. */
    private static final int HEADER = 3;

    private final CapturingCrypto capture;

    RecordingKeyExchanges(CapturingCrypto capture) {
        this.capture = capture;
    }

    @Override
    public TlsKeyExchange createECDHEKeyExchangeClient(int keyExchange) {
        return new TlsECDHEKeyExchange(keyExchange) {
            @Override
            public void processServerKeyExchange(InputStream message) throws IOException {
                var header = message.readNBytes(HEADER);
                if (header.length == HEADER && header[0] == ECCurveType.named_curve)
                    capture.chose(((header[1] & 0xff) << 8) | (header[2] & 0xff));
                super.processServerKeyExchange(new SequenceInputStream(new ByteArrayInputStream(header), message));
            }
        };
    }
}
