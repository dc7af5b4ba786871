package org.starttlscensus.fact;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes as a peer sent them. Immutable, thread-safe, equal by content. */
public final class Octets implements Comparable<Octets> {

    public static final Octets NONE = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Octets of(byte[] bytes) {
        return bytes.length == 0 ? NONE : new Octets(bytes.clone());
    }

    /** One octet per character, for protocol text. A character above U+00FF is a bug. */
    public static Octets of(String latin1) {
        if (latin1.chars().anyMatch(character -> character > 0xff)) {
            throw new IllegalArgumentException("expected only characters up to U+00FF, one octet each");
        }
        return new Octets(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    public byte[] toArray() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    public Octets first(int most) {
        return bytes.length <= most ? this : new Octets(Arrays.copyOf(bytes, most));
    }

    /** One character per octet (ISO 8859-1), so nothing is lost. Must be escaped before it is shown to a person. */
    public String latin1() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public Octets sha256() {
        try {
            return new Octets(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(Octets other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    /** FNV-1a spreads neighbouring addresses, of which we hold hundreds of thousands, over many hash codes. */
    @Override
    public int hashCode() {
        int hash = 0x811c9dc5;
        for (var octet : bytes) hash = (hash ^ (octet & 0xff)) * 0x01000193;
        return hash ^ hash >>> 15;
    }

    @Override
    public String toString() {
        return hex();
    }
}
