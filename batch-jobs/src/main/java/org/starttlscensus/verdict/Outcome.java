package org.starttlscensus.verdict;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.starttlscensus.fact.NotAttempted;

/**
 * The outcome of one attempt and, after the merge, of an endpoint's night (docs/outcomes.md, section 4). Only {@link
 * #NO_STARTTLS} says that a server has no STARTTLS. Outcomes that describe how we were received say nothing about the
 * server.
 */
public enum Outcome {
    /** The handshake finished. */
    STARTTLS_OK(true, true),
    /** The server requires a client certificate. */
    CLIENT_CERT_REQUIRED(true, false),
    /** The server agreed to STARTTLS, and the handshake did not finish. */
    TLS_FAILED(true, false),
    /** STARTTLS was advertised and answered with a 454 that names TLS, and again on a later retry. */
    TLS_UNAVAILABLE(true, false),
    /** STARTTLS was advertised and answered with a 5xx without a block text, and again on a later retry. */
    STARTTLS_REFUSED(true, false),
    /**
     * 530 before TLS. It yields no value: if another attempt of the night reached TLS, that attempt's outcome is kept.
     */
    POLICY_REQUIRES_TLS,
    /** Two clean observations, far enough apart, and no evidence against them. */
    NO_STARTTLS(false),
    /** One clean observation. */
    NO_STARTTLS_UNCONFIRMED,
    /** A middlebox masks the dialogue, and there was no handshake. */
    STARTTLS_STRIPPED,
    /** Plaintext octets, not only CR, LF and blanks, followed the positive reply to STARTTLS. */
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
    NOT_SMTP,
    NO_MAIL_521,
    NOT_ATTEMPTED_SPECIAL_ADDRESS,
    NOT_ATTEMPTED_NO_IPV6,
    NOT_ATTEMPTED_SUSPENDED,
    NOT_ATTEMPTED_BUDGET,
    NOT_ATTEMPTED_WINDOW_END,
    /** The name was not sampled tonight; it inherits another endpoint's value. */
    NOT_ATTEMPTED_INHERITED,
    NOT_ATTEMPTED_OPTED_OUT,
    /** A fault of this machine; it does not count as an attempt. */
    LOCAL_ERROR,
    /** A fault of ours, according to the server. */
    SELF_INFLICTED;

    private final Optional<Boolean> starttls;
    private final Optional<Boolean> usable;

    Outcome() {
        this.starttls = Optional.empty();
        this.usable = Optional.empty();
    }

    Outcome(boolean starttls) {
        this.starttls = Optional.of(starttls);
        this.usable = Optional.empty();
    }

    Outcome(boolean starttls, boolean usable) {
        this.starttls = Optional.of(starttls);
        this.usable = Optional.of(usable);
    }

    /** Whether the server has STARTTLS; empty if unknown. */
    public Optional<Boolean> starttls() {
        return starttls;
    }

    /** Whether a sender like us can use the server's STARTTLS; empty if it has none or this is unknown. */
    public Optional<Boolean> usable() {
        return usable;
    }

    /** Whether this is a finding about a server; false if the reason lies with us. */
    public boolean isAttempt() {
        return switch (this) {
            case STARTTLS_OK,
                    CLIENT_CERT_REQUIRED,
                    TLS_FAILED,
                    TLS_UNAVAILABLE,
                    STARTTLS_REFUSED,
                    POLICY_REQUIRES_TLS,
                    NO_STARTTLS,
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
                    NOT_SMTP,
                    NO_MAIL_521 -> true;
            case NOT_ATTEMPTED_SPECIAL_ADDRESS,
                    NOT_ATTEMPTED_NO_IPV6,
                    NOT_ATTEMPTED_SUSPENDED,
                    NOT_ATTEMPTED_BUDGET,
                    NOT_ATTEMPTED_WINDOW_END,
                    NOT_ATTEMPTED_INHERITED,
                    NOT_ATTEMPTED_OPTED_OUT,
                    LOCAL_ERROR,
                    SELF_INFLICTED -> false;
        };
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Outcome of(NotAttempted reason) {
        return switch (reason) {
            case SPECIAL_ADDRESS -> NOT_ATTEMPTED_SPECIAL_ADDRESS;
            case NO_IPV6 -> NOT_ATTEMPTED_NO_IPV6;
            case INHERITED -> NOT_ATTEMPTED_INHERITED;
            case SUSPENDED -> NOT_ATTEMPTED_SUSPENDED;
            case BUDGET -> NOT_ATTEMPTED_BUDGET;
            case WINDOW_END -> NOT_ATTEMPTED_WINDOW_END;
            case OPTED_OUT -> NOT_ATTEMPTED_OPTED_OUT;
        };
    }

    public static Outcome of(String label) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no outcome is called \"" + label + "\""));
    }
}
