package org.starttlscensus.verdict;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.starttlscensus.fact.NotAttempted;

/**
 * What one attempt showed and, merged, what the attempts of a night add up to for an endpoint: the table of
 * docs/outcomes.md, section 4. Only {@link #NO_STARTTLS} says that a server has no STARTTLS; whatever describes our
 * welcome rather than the server says nothing.
 */
public enum Outcome {
    /** The handshake finished. */
    STARTTLS_OK(true, true),
    /** The peer refuses for want of a client certificate. */
    CLIENT_CERT_REQUIRED(true, false),
    /** 220 to STARTTLS, and the handshake did not finish. */
    TLS_FAILED(true, false),
    /** Advertised, and 454 naming TLS, again on a later retry. */
    TLS_UNAVAILABLE(true, false),
    /** Advertised, and 5xx to STARTTLS without a block text, again on a later retry. */
    STARTTLS_REFUSED(true, false),
    /** 530 before TLS. No value of its own: where TLS was seen in the same night, that attempt's outcome stands. */
    POLICY_REQUIRES_TLS,
    /** Two clean observations, far enough apart, and nothing against them. */
    NO_STARTTLS(false),
    /** One clean observation. */
    NO_STARTTLS_UNCONFIRMED,
    /** Something in between masks the dialogue, and no handshake came about. */
    STARTTLS_STRIPPED,
    /** Octets behind the 220 to STARTTLS. */
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
    /** The name was not sampled tonight; its value is the donor's. */
    NOT_ATTEMPTED_INHERITED,
    NOT_ATTEMPTED_OPTED_OUT,
    /** Ours: no attempt at all. */
    LOCAL_ERROR,
    /** Our own fault, by the peer's word. */
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

    /** Whether the server has STARTTLS; empty where nobody can tell. */
    public Optional<Boolean> starttls() {
        return starttls;
    }

    /** Whether the STARTTLS that the server has can be used by a sender like us; empty where it has none or nobody can tell. */
    public Optional<Boolean> usable() {
        return usable;
    }

    /** Whether a server was asked at all: false where the reason lies with us. */
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
