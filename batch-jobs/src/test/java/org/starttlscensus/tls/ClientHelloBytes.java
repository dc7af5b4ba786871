package org.starttlscensus.tls;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A ClientHello parsed by hand, so that the test does not rely on the library under test.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2">RFC 8446, section 4.1.2</a>
 */
record ClientHelloBytes(
        int recordVersion, int legacyVersion, List<Integer> suites, Map<Integer, byte[]> extensions, int length) {

    static ClientHelloBytes parse(byte[] sent) {
        var octets = ByteBuffer.wrap(sent);
        if (octets.get() != 22) throw new IllegalArgumentException("not a handshake record");
        var recordVersion = u16(octets);
        u16(octets);
        if (octets.getInt() >>> 24 != 1) throw new IllegalArgumentException("not a ClientHello");
        var legacyVersion = u16(octets);
        octets.position(octets.position() + 32);
        octets.position(octets.position() + 1 + octets.get(octets.position()));
        var suites = u16List(octets, u16(octets));
        octets.position(octets.position() + 1 + octets.get(octets.position()));
        var extensions = new LinkedHashMap<Integer, byte[]>();
        u16(octets);
        while (octets.hasRemaining()) {
            var type = u16(octets);
            var content = new byte[u16(octets)];
            octets.get(content);
            extensions.put(type, content);
        }
        return new ClientHelloBytes(recordVersion, legacyVersion, suites, extensions, sent.length);
    }

    /** An extension that has one list of 16-bit values after a 16-bit length. */
    List<Integer> list(int extension) {
        var content = ByteBuffer.wrap(extensions.get(extension));
        return u16List(content, u16(content));
    }

    private static List<Integer> u16List(ByteBuffer octets, int length) {
        var values = new ArrayList<Integer>();
        for (int i = 0; i < length / 2; i++) values.add(u16(octets));
        return values;
    }

    static int u16(ByteBuffer octets) {
        return octets.getShort() & 0xffff;
    }
}
