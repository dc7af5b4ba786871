package org.starttlscensus.lists;

import java.nio.charset.StandardCharsets;
import org.starttlscensus.fact.Octets;

/** Untrusted octets in a form that is safe to show: quoted, escaped to printable ASCII, at most 60 octets. */
final class Excerpt {

    private static final int MOST = 60;

    private Excerpt() {}

    static String of(Octets octets) {
        return escaped(octets.first(MOST)) + (octets.size() > MOST ? "..." : "");
    }

    /** All octets of a text that is bounded already. */
    static String wholly(Octets octets) {
        return escaped(octets);
    }

    private static String escaped(Octets octets) {
        var text = new StringBuilder("\"");
        for (var octet : octets.toArray()) {
            if (octet >= 0x20 && octet < 0x7f) text.append((char) octet);
            else text.append("\\x%02x".formatted(octet & 0xff));
        }
        return text.append('"').toString();
    }

    static String of(String text) {
        return of(Octets.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
