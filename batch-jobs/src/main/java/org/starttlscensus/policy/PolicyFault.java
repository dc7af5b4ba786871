package org.starttlscensus.policy;

/** Why a policy is invalid. */
public enum PolicyFault {
    TOO_LONG("it is longer than 65,536 octets"),
    NOT_UTF_8("it is not UTF-8"),
    SYNTAX("a line is not of the form \"name: value\""),
    NO_VERSION("the line \"version: STSv1\" is missing"),
    BAD_VERSION("\"version\" is not STSv1"),
    NO_MODE("there is no \"mode\""),
    BAD_MODE("\"mode\" is not one of enforce, testing and none"),
    NO_MAX_AGE("there is no \"max_age\""),
    BAD_MAX_AGE("\"max_age\" is not a number of seconds from 0 to 31557600"),
    NO_MX("the mode asks for servers, and no \"mx\" names one");

    private final String words;

    PolicyFault(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
