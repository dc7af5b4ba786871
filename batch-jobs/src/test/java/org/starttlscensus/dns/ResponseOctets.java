package org.starttlscensus.dns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.xbill.DNS.Type;

/**
 * The octets of a response, written record by record, whole or not. The header says as many records of each section as
 * were added, unless it is told to say more.
 */
final class ResponseOctets {

    static final int ANSWER = 1;
    static final int AUTHORITY = 2;
    static final int ADDITIONAL = 3;

    /** The name of the question, which is always at the same place. */
    static final String QUESTIONED = "c00c";

    private static final int QR_RD_RA = 0x8180;

    private final int[] counts = new int[4];
    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private int flags = QR_RD_RA;

    /** A response to a query for one type of {@code shop.test}. */
    static ResponseOctets to(int type) {
        return withoutQuestion().question("shop.test", type);
    }

    static ResponseOctets withoutQuestion() {
        return new ResponseOctets();
    }

    ResponseOctets question(String name, int type) {
        counts[0]++;
        return octets(name(name)).octets("%04x0001".formatted(type));
    }

    /** @param more bits to set; those of the code are the last four */
    ResponseOctets flags(int more) {
        flags |= more;
        return this;
    }

    ResponseOctets onlyFlags(int all) {
        flags = all;
        return this;
    }

    /** Announces a record that is not there. */
    ResponseOctets announce(int section) {
        counts[section]++;
        return this;
    }

    /** A record of class IN. */
    ResponseOctets record(int section, String owner, int type, String data) {
        return record(section, owner, type, data.length() / 2, data);
    }

    /** A record that says another length than its data has. */
    ResponseOctets record(int section, String owner, int type, int length, String data) {
        counts[section]++;
        return octets(owner + "%04x00010000012c%04x".formatted(type, length) + data);
    }

    /** @param data of the options; the payload is 1,232 and nothing else is set */
    ResponseOctets options(String data) {
        counts[ADDITIONAL]++;
        return octets("00%04x04d000000000%04x".formatted(Type.OPT, data.length() / 2) + data);
    }

    ResponseOctets octets(String hexadecimal) {
        records.writeBytes(HexFormat.of().parseHex(hexadecimal));
        return this;
    }

    byte[] octets() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(HexFormat.of()
                .parseHex("1234%04x%04x%04x%04x%04x".formatted(flags, counts[0], counts[1], counts[2], counts[3])));
        all.writeBytes(records.toByteArray());
        return all.toByteArray();
    }

    /** A name in hexadecimal, not compressed. */
    static String name(String text) {
        var hexadecimal = new StringBuilder();
        for (var label : text.split("\\.")) {
            hexadecimal
                    .append("%02x".formatted(label.length()))
                    .append(HexFormat.of().formatHex(label.getBytes(StandardCharsets.US_ASCII)));
        }
        return hexadecimal.append("00").toString();
    }

    /** The data of an MX record. */
    static String mx(int preference, String host) {
        return "%04x".formatted(preference) + name(host);
    }
}
