package org.starttlscensus.names;

import java.util.Arrays;
import java.util.Locale;

/** Why a text is not a mail domain. The label is stored; the description is for people. */
public enum NameFault {
    EMPTY("empty, or only a dot or white space"),
    EMAIL_ADDRESS("an e-mail address, not a domain"),
    URL("a URL, a path or a port, not a domain"),
    IP_ADDRESS("an IP address, or a name that ends in a number like an address"),
    SINGLE_LABEL("a single label: a top-level domain, or a host name without a domain"),
    SPECIAL_USE("a name that never exists in the public DNS (.localhost, .local, .invalid, .onion, .alt, .internal,"
            + " home.arpa)"),
    EMPTY_LABEL("two dots in a row, or a dot at the beginning"),
    LABEL_TOO_LONG("a label of more than 63 octets"),
    NAME_TOO_LONG("more than 253 octets"),
    HYPHEN_AT_EDGE("a label that begins or ends with a hyphen"),
    DISALLOWED_CHARACTER("a character that is not allowed in a domain name"),
    INVALID_A_LABEL("a label beginning with \"xn--\" that does not encode a valid internationalised label"),
    MISPLACED_HYPHENS("an internationalised label with hyphens in the third and fourth position"),
    MISPLACED_MARK("a label that begins with a combining mark"),
    MISPLACED_JOINER("a zero-width joiner where it is not allowed"),
    MIXED_DIRECTION("a mix of right-to-left and left-to-right text that violates the Bidi rule");

    private final String description;

    NameFault(String description) {
        this.description = description;
    }

    /** The label in the database and in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A description of what was found, for people. */
    public String description() {
        return description;
    }

    public static NameFault of(String label) {
        return Arrays.stream(values())
                .filter(fault -> fault.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no name fault is called \"" + label + "\""));
    }
}
