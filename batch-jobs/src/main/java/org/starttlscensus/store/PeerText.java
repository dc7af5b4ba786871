package org.starttlscensus.store;

import java.util.List;
import java.util.stream.Collectors;

/** Converts text from peers for PostgreSQL's {@code text}, which cannot hold U+0000 or half of a surrogate pair. */
final class PeerText {

    private static final char REPLACEMENT = '\uFFFD';

    private PeerText() {}

    static String storable(String text) {
        return text.codePoints()
                .map(point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                        ? REPLACEMENT
                        : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** An array literal, for arrays of arrays: a JDBC array must be rectangular. */
    static String array(List<String> texts) {
        return texts.stream()
                .map(text -> '"' + storable(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
