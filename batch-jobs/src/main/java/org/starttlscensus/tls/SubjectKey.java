package org.starttlscensus.tls;

import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Finds the public key in a certificate by its position. Only the lengths of the fields before it are read, so a date
 * or a name that is malformed does not matter: OpenSSL does not read those in a handshake either.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1">RFC 5280, section 4.1: basic certificate fields</a>
 */
final class SubjectKey {

    private static final int SEQUENCE = 0x30;
    private static final int VERSION = 0xa0;
    /** Serial number, signature, issuer, validity, subject. */
    private static final int FIELDS_BEFORE = 5;

    private static final int LONG_FORM = 0x80;
    private static final int MOST_LENGTH_OCTETS = 3;

    private final byte[] der;
    private int at;

    private SubjectKey(byte[] der) {
        this.der = der;
    }

    /** @throws RuntimeException if there is no key at that place, or it cannot be read */
    static SubjectPublicKeyInfo in(byte[] der) {
        return new SubjectKey(der).find();
    }

    private SubjectPublicKeyInfo find() {
        enter(); // the certificate
        enter(); // what is signed
        if ((der[at] & 0xff) == VERSION) skip();
        for (int field = 0; field < FIELDS_BEFORE; field++) skip();
        var begin = at;
        skip();
        return SubjectPublicKeyInfo.getInstance(Arrays.copyOfRange(der, begin, at));
    }

    private void enter() {
        if (der[at] != SEQUENCE) throw new IllegalArgumentException("no sequence at octet " + at);
        at++;
        length();
    }

    private void skip() {
        at++;
        var length = length();
        at += length;
        if (at > der.length) throw new IllegalArgumentException("a field ends behind the certificate");
    }

    private int length() {
        var first = der[at++] & 0xff;
        if (first < LONG_FORM) return first;
        var octets = first - LONG_FORM;
        if (octets == 0 || octets > MOST_LENGTH_OCTETS)
            throw new IllegalArgumentException("a length of %d octets at octet %d".formatted(octets, at));
        var length = 0;
        for (int i = 0; i < octets; i++) length = (length << 8) | (der[at++] & 0xff);
        return length;
    }
}
