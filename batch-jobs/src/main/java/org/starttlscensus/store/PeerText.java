package org.starttlscensus.store;

import java.util.List;
import java.util.stream.Collectors;

/** Words of a peer made fit for PostgreSQL's {@code text}: it cannot hold U+0000, nor half of a surrogate pair. */
final class PeerText {

    private static final char REPLACEMENT = '\uFFFD';

    private PeerText() {}

    static String storable(String words) {
        return words.codePoints()
                .map(point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                        ? REPLACEMENT
                        : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** An array literal, for arrays of arrays: JDBC's own must be rectangular. */
    static String array(List<String> words) {
        return words.stream()
                .map(word -> '"' + storable(word).replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
