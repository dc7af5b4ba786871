package org.starttlscensus.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.Certificate;
import org.starttlscensus.fact.Octets;

/** A certificate whose names have their lengths in two octets: right in BER, wrong in DER. */
final class BerNames {

    private static final int SEQUENCE = 0x30;
    private static final int ONE_MORE_OCTET = 0x81;

    private BerNames() {}

    /** @param der a certificate of 256 octets or more, with short names that are equal */
    static byte[] in(byte[] der) {
        var name = Octets.of(encoded(Certificate.getInstance(der).getSubject())).latin1();
        var longer = new ByteArrayOutputStream();
        longer.write(SEQUENCE);
        longer.write(ONE_MORE_OCTET);
        longer.writeBytes(Octets.of(name.substring(1)).toArray());
        var all = Octets.of(Octets.of(der)
                        .latin1()
                        .replace(name, Octets.of(longer.toByteArray()).latin1()))
                .toArray();
        var more = all.length - der.length;
        for (var at : new int[] {2, 6}) lengthen(all, at, more);
        if (Arrays.equals(all, der)) throw new IllegalArgumentException("the name was not found");
        return all;
    }

    private static void lengthen(byte[] all, int at, int more) {
        var length = (((all[at] & 0xff) << 8) | (all[at + 1] & 0xff)) + more;
        all[at] = (byte) (length >> 8);
        all[at + 1] = (byte) length;
    }

    private static byte[] encoded(org.bouncycastle.asn1.ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded("DER");
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
