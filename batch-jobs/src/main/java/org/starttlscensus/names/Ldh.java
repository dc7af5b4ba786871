package org.starttlscensus.names;

import java.util.Optional;

/**
 * Checks that a lower-case ASCII name consists of letters, digits and hyphens (LDH) and has valid lengths.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1123#section-2.1">RFC 1123, section 2.1: host names</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4">RFC 1035, section 2.3.4: size limits</a>
 */
final class Ldh {

    private static final int MOST_OCTETS = 253;
    private static final int MOST_IN_A_LABEL = 63;

    private Ldh() {}

    /** Empty if the name is valid. One final dot is allowed and not counted. */
    static Optional<NameFault> fault(String lower) {
        int end = lower.endsWith(".") ? lower.length() - 1 : lower.length();
        if (end <= 0) return Optional.of(NameFault.EMPTY);
        int start = 0;
        while (start <= end) {
            int dot = lower.indexOf('.', start);
            int stop = dot < 0 || dot > end ? end : dot;
            var fault = labelFault(lower, start, stop);
            if (fault.isPresent()) return fault;
            start = stop + 1;
        }
        return end > MOST_OCTETS ? Optional.of(NameFault.NAME_TOO_LONG) : Optional.empty();
    }

    private static Optional<NameFault> labelFault(String lower, int start, int stop) {
        if (start == stop) return Optional.of(NameFault.EMPTY_LABEL);
        for (int i = start; i < stop; i++) {
            if (!isLdh(lower.charAt(i))) return Optional.of(NameFault.DISALLOWED_CHARACTER);
        }
        if (lower.charAt(start) == '-' || lower.charAt(stop - 1) == '-') return Optional.of(NameFault.HYPHEN_AT_EDGE);
        return stop - start > MOST_IN_A_LABEL ? Optional.of(NameFault.LABEL_TOO_LONG) : Optional.empty();
    }

    private static boolean isLdh(char character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '-';
    }
}
