package org.starttlscensus.lists;

import java.util.Locale;

/** Why a line was not even looked at for its name. The label is stored, the words are for people. */
public enum LineFault {
    LINE_TOO_LONG("a line of more than %,d octets".formatted(LineReader.MOST_OCTETS)),
    NOT_UTF8("octets that are not UTF-8"),
    WRONG_COLUMNS("not the columns of this list: either every line is \"rank,domain\", or every line is a name"),
    BROKEN_QUOTES("quotation marks that do not pair up"),
    RANK_NOT_A_NUMBER("a rank that is not a whole number"),
    RANK_OUT_OF_RANGE("a rank that is not from 1 to 2,147,483,647");

    private final String words;

    LineFault(String words) {
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
}
