package org.starttlscensus.verdict;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.starttlscensus.fact.Octets;

/**
 * One DER value: a tag of one octet, a definite length, the content. This subset is enough for names in certificates.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-X.690">X.690, section 10: distinguished encoding rules</a>
 */
record Der(int tag, Octets content) {

    private static final int LONG_LENGTH = 0x80;
    private static final int MOST_LENGTH_OCTETS = 3;

    /** @throws IllegalArgumentException unless the octets are exactly one value */
    static Der of(byte[] whole) {
        var all = all(whole);
        if (all.size() != 1) throw new IllegalArgumentException("expected one DER value, but there are " + all.size());
        return all.getFirst();
    }

    /** The values inside this constructed value. */
    List<Der> parts() {
        return all(content.toArray());
    }

    String latin1() {
        return content.latin1();
    }

    /** Tag, length and content. */
    byte[] encoded() {
        var length = content.size() < LONG_LENGTH
                ? new byte[] {(byte) content.size()}
                : longLength(BigInteger.valueOf(content.size()).toByteArray());
        return ByteBuffer.allocate(1 + length.length + content.size())
                .put((byte) tag)
                .put(length)
                .put(content.toArray())
                .array();
    }

    /** The sign octet of a number that begins with a one is no part of a length. */
    private static byte[] longLength(byte[] number) {
        var from = number[0] == 0 ? 1 : 0;
        return ByteBuffer.allocate(1 + number.length - from)
                .put((byte) (LONG_LENGTH + number.length - from))
                .put(number, from, number.length - from)
                .array();
    }

    private static List<Der> all(byte[] octets) {
        var found = new ArrayList<Der>();
        for (int at = 0; at < octets.length; ) {
            if (octets.length - at < 2) throw new IllegalArgumentException("DER ends in the middle of a value");
            int head = 2;
            int length = octets[at + 1] & 0xff;
            if (length >= LONG_LENGTH) {
                int octetsOfLength = length - LONG_LENGTH;
                head += octetsOfLength;
                if (octetsOfLength == 0 || octetsOfLength > MOST_LENGTH_OCTETS || octets.length - at < head) {
                    throw new IllegalArgumentException(
                            "DER length is indefinite or has more than %d octets".formatted(MOST_LENGTH_OCTETS));
                }
                length = 0;
                for (int i = 2; i < head; i++) length = length << 8 | (octets[at + i] & 0xff);
            }
            if (octets.length - at - head < length)
                throw new IllegalArgumentException("DER ends in the middle of a value");
            found.add(new Der(octets[at] & 0xff, Octets.of(Arrays.copyOfRange(octets, at + head, at + head + length))));
            at += head + length;
        }
        return found;
    }
}
