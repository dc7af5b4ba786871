package org.starttlscensus.dane;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.SubjectKeyInfo;

/**
 * A TLSA record, usable or not.
 *
 * @param usage        0 to 255; 2 is a trust anchor, 3 the server's own certificate
 * @param selector     0 to 255; 0 is the certificate, 1 its public key
 * @param matchingType 0 to 255; 0 is the whole, 1 its SHA-256, 2 its SHA-512
 * @param data         as in DNS
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6698#section-2.1">RFC 6698, section 2.1: the fields</a>
 */
public record TlsaRecord(int usage, int selector, int matchingType, Octets data) {

    static final int TRUST_ANCHOR = 2;
    static final int END_ENTITY = 3;
    static final int CERTIFICATE = 0;
    static final int KEY = 1;
    static final int FULL = 0;
    static final int SHA_256 = 1;
    static final int SHA_512 = 2;

    private static final int OCTETS_OF_SHA_256 = 32;
    private static final int OCTETS_OF_SHA_512 = 64;
    private static final int MOST = 255;

    private static final Pattern TEXT =
            Pattern.compile("\\s*([0-9]{1,3})\\s+([0-9]{1,3})\\s+([0-9]{1,3})((?:\\s+[0-9A-Fa-f]++)*+)\\s*");

    public TlsaRecord {
        require("usage", usage);
        require("selector", selector);
        require("matching type", matchingType);
    }

    /**
     * Reads the form of zone files; the hexadecimal data may contain spaces.
     *
     * @throws IllegalArgumentException if it is no such text; the message says what was expected
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6698#section-2.2">RFC 6698, section 2.2: presentation format</a>
     */
    public static TlsaRecord parse(String text) {
        var fields = TEXT.matcher(text);
        if (!fields.matches()) {
            throw new IllegalArgumentException(
                    "expected is usage, selector, matching type and hexadecimal data, such as \"3 1 1 e3b0c442...\"");
        }
        var data = fields.group(4).replaceAll("\\s+", "");
        if (data.length() % 2 != 0) {
            throw new IllegalArgumentException(
                    "its data has %,d hexadecimal digits; expected is an even number".formatted(data.length()));
        }
        return new TlsaRecord(
                Integer.parseInt(fields.group(1)),
                Integer.parseInt(fields.group(2)),
                Integer.parseInt(fields.group(3)),
                Octets.of(HexFormat.of().parseHex(data)));
    }

    /** The record that a server with this certificate should publish: it outlives every renewal with the same key. */
    public static Optional<TlsaRecord> recommendedFor(Octets certificate) {
        return SubjectKeyInfo.of(certificate).map(key -> new TlsaRecord(END_ENTITY, KEY, SHA_256, key.sha256()));
    }

    /**
     * Why mail senders cannot use it; empty if they can.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7672#section-3.1.3">RFC 7672, section 3.1.3: usages 0 and 1
     *     may be treated as unusable</a>
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7672#section-2.2">RFC 7672, section 2.2: unsupported parameters
     *     and malformed data make a record unusable</a>
     */
    Optional<DaneReason> unusable() {
        if (usage < TRUST_ANCHOR) return Optional.of(DaneReason.USAGE_FOR_PUBLIC_CAS);
        if (usage > END_ENTITY) return Optional.of(DaneReason.UNKNOWN_USAGE);
        if (selector > KEY) return Optional.of(DaneReason.UNKNOWN_SELECTOR);
        return switch (matchingType) {
            case FULL -> unreadable();
            case SHA_256 -> unless(data.size() == OCTETS_OF_SHA_256, DaneReason.WRONG_DIGEST_LENGTH);
            case SHA_512 -> unless(data.size() == OCTETS_OF_SHA_512, DaneReason.WRONG_DIGEST_LENGTH);
            default -> Optional.of(DaneReason.UNKNOWN_MATCHING_TYPE); // any number may stand in a record
        };
    }

    private Optional<DaneReason> unreadable() {
        return selector == KEY
                ? unless(SubjectKeyInfo.isOutlined(data), DaneReason.DATA_IS_NO_KEY)
                : unless(SubjectKeyInfo.of(data).isPresent(), DaneReason.DATA_IS_NO_CERTIFICATE);
    }

    private static Optional<DaneReason> unless(boolean good, DaneReason otherwise) {
        return good ? Optional.empty() : Optional.of(otherwise);
    }

    /** The three numbers, such as {@code 3 1 1}. */
    String kind() {
        return "%d %d %d".formatted(usage, selector, matchingType);
    }

    /** As in a zone file. */
    @Override
    public String toString() {
        return kind() + " " + data.hex();
    }

    private static void require(String field, int value) {
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException("the %s is %d; expected is 0 to 255".formatted(field, value));
        }
    }
}
