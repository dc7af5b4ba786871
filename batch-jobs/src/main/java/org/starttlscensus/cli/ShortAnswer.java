package org.starttlscensus.cli;

import java.util.Locale;
import org.starttlscensus.verdict.Outcome;

/** The first words of an answer: can mail be sent over TLS? */
enum ShortAnswer {
    YES("yes"),
    /** It has STARTTLS, but it does not work, or is worth less than it could be. */
    YES_BUT("yes, but"),
    NO("no"),
    /** We could not find out. That is never a no. */
    UNKNOWN("unknown"),
    /** There is no mail server, so there is nothing to find out. */
    NO_MAIL("no mail server");

    private final String words;

    ShortAnswer(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Without what the handshake showed, which may make a yes a "yes, but". */
    static ShortAnswer of(Outcome outcome) {
        return switch (outcome) {
            case STARTTLS_OK -> YES;
            case CLIENT_CERT_REQUIRED, TLS_FAILED, TLS_UNAVAILABLE, STARTTLS_REFUSED -> YES_BUT;
            case NO_STARTTLS -> NO;
            case NOT_SMTP, NO_MAIL_521 -> NO_MAIL;
            case POLICY_REQUIRES_TLS,
                    NO_STARTTLS_UNCONFIRMED,
                    STARTTLS_STRIPPED,
                    INJECTION_SUSPECT,
                    BLOCKED,
                    BLOCKED_SUSPECTED,
                    RATE_LIMITED,
                    GREYLISTED,
                    TARPITTED,
                    TEMP_UNAVAILABLE,
                    UNREACHABLE_REFUSED,
                    UNREACHABLE_NO_ROUTE,
                    UNREACHABLE_TIMEOUT,
                    UNREACHABLE_RESET,
                    CLOSED_EARLY,
                    PROTOCOL_ERROR,
                    NOT_ATTEMPTED_SPECIAL_ADDRESS,
                    NOT_ATTEMPTED_NO_IPV6,
                    NOT_ATTEMPTED_SUSPENDED,
                    NOT_ATTEMPTED_BUDGET,
                    NOT_ATTEMPTED_WINDOW_END,
                    NOT_ATTEMPTED_INHERITED,
                    NOT_ATTEMPTED_OPTED_OUT,
                    LOCAL_ERROR,
                    SELF_INFLICTED -> UNKNOWN;
        };
    }
}
