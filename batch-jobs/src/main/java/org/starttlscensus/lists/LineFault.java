package org.starttlscensus.lists;

import java.util.Locale;

/** Why no name could be taken from a line. The label is stored; the description is for people. */
public enum LineFault {
    LINE_TOO_LONG("a line of more than %,d octets".formatted(LineReader.MOST_OCTETS)),
    NOT_UTF8("octets that are not UTF-8"),
    WRONG_COLUMNS(
            "columns that differ from the rest of the list: every line must be a name, or \"rank,domain\", or have the"
                    + " columns of the header"),
    NO_LINE_END("a last line without a line end, so it may be cut off; if it is whole, end it with a line feed"),
    NOT_AN_ORIGIN("not an origin such as https://www.example.org"),
    BROKEN_QUOTES("unbalanced quotation marks"),
    RANK_NOT_A_NUMBER("a rank that is not a whole number"),
    RANK_OUT_OF_RANGE("a rank that is not from 1 to 2,147,483,647");

    private final String description;

    LineFault(String description) {
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
}
