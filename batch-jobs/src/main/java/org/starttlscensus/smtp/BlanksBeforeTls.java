package org.starttlscensus.smtp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Skips CR, LF and blanks before the first octet of TLS: some servers end the line of their 220 twice, and the second
 * end may come while the handshake has begun. No TLS record begins with one of these octets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-5.1">RFC 8446, section 5.1: the first octet of a
 * record</a>
 */
final class BlanksBeforeTls extends FilterInputStream {

    static final int MOST = 64;

    private int left = MOST;

    BlanksBeforeTls(InputStream in) {
        super(in);
    }

    static boolean isBlank(int octet) {
        return octet == '\r' || octet == '\n' || octet == ' ';
    }

    @Override
    public int read() throws IOException {
        var octet = in.read();
        while (left > 0 && isBlank(octet)) {
            left--;
            octet = in.read();
        }
        left = 0;
        return octet;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (left == 0 || most == 0) return in.read(into, from, most);
        var first = read();
        if (first < 0) return first;
        into[from] = (byte) first;
        return 1;
    }
}
