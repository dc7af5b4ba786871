package org.starttlscensus.policy;

/** Why a domain has no valid MTA-STS or TLS-RPT record, although it has one that is meant to be. */
public enum RecordFault {
    SEVERAL("there are several such records, so senders use none"),
    BEGINNING("it does not begin with the version and a semicolon, such as \"v=STSv1;\""),
    SYNTAX("a field is not of the form name=value, or the fields are not separated by single semicolons"),
    EXTENSION("a field of unknown name has no value, or a character that is not allowed"),
    NO_ID("it has no \"id\""),
    BAD_ID("its \"id\" is not 1 to 32 letters and digits"),
    NO_DESTINATION("no \"rua\" names a destination with mailto: or https:"),
    BAD_DESTINATION("a destination of \"rua\" is not a URI, or has a comma, semicolon or exclamation mark in it");

    private final String words;

    RecordFault(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
