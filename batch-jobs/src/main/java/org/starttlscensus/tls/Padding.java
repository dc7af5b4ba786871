package org.starttlscensus.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsExtensionsUtils;

/**
 * Fills a ClientHello that is too short. Some old load balancers hang at one of 256 to 511 octets, because they take
 * the first octet of its length for something else. So senders with OpenSSL fill it, too.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7685#section-3">RFC 7685, section 3: the padding extension</a>
 */
final class Padding {

    /** Counted without any header, so that the message is long enough however a server counts. */
    private static final int LEAST_OCTETS = 512;

    private static final int EXTENSION_HEADER = 4;

    private Padding() {}

    /** Adds zeros up to 512 octets, and an empty extension to a longer message. Replaces what an earlier call added. */
    static void fill(ClientHello hello, TlsContext context) throws IOException {
        hello.getExtensions().remove(TlsExtensionsUtils.EXT_padding);
        var encoded = new ByteArrayOutputStream();
        hello.encode(context, encoded);
        var zeros = Math.max(0, LEAST_OCTETS - encoded.size() - EXTENSION_HEADER);
        TlsExtensionsUtils.addPaddingExtension(hello.getExtensions(), zeros);
    }
}
