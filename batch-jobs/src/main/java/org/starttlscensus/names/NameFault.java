package org.starttlscensus.names;

import java.util.Arrays;
import java.util.Locale;

/** Why a piece of text is not a mail domain. A closed set: the label is stored, the words are for people. */
public enum NameFault {
    EMPTY("nothing but a dot or white space"),
    EMAIL_ADDRESS("an e-mail address, not a domain"),
    URL("a URL, a path or a port, not a domain"),
    IP_ADDRESS("an IP address, or a name that ends in a number as only addresses do"),
    SINGLE_LABEL("a single label: a top-level domain, or a host name without its domain"),
    SPECIAL_USE(
            "a name that never exists in the public DNS (.localhost, .local, .invalid, .onion, .alt, .internal, home.arpa)"),
    EMPTY_LABEL("two dots in a row, or a dot at the beginning"),
    LABEL_TOO_LONG("a label of more than 63 octets"),
    NAME_TOO_LONG("more than 253 octets"),
    HYPHEN_AT_EDGE("a label that begins or ends with a hyphen"),
    DISALLOWED_CHARACTER("a character that no domain name may have"),
    INVALID_A_LABEL("a label beginning with \"xn--\" that encodes no valid internationalised label"),
    MISPLACED_HYPHENS("an internationalised label with hyphens in the third and fourth place"),
    MISPLACED_MARK("a label that begins with a combining mark"),
    MISPLACED_JOINER("a zero-width joiner where none may be"),
    MIXED_DIRECTION("right-to-left and left-to-right text mixed against the Bidi rule");

    private final String words;

    NameFault(String words) {
        this.words = words;
    }

    /** The spelling in the database and in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What was found, for people. */
    public String words() {
        return words;
    }

    public static NameFault of(String label) {
        return Arrays.stream(values())
                .filter(fault -> fault.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no name fault is called \"" + label + "\""));
    }
}
