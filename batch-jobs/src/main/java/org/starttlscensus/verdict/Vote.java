package org.starttlscensus.verdict;

import java.util.Optional;

/**
 * What one part says where parts add up: an address of a host, a host of a domain ({@link RollUp}; docs/outcomes.md,
 * section 6). In SQL a server's vote is its standing ({@code sql/views/R__2_answer.sql}) and its answer.
 */
public enum Vote {
    YES,
    NO,
    /** It may be either: blocked, unreachable, not called, without an answer from the DNS. */
    UNKNOWN,
    /** Only an implicit MX, and it does not answer, so nothing says that it takes mail. */
    SILENT,
    /** It asked to be left out. */
    OPTED_OUT,
    /** Its address is of a family that none of our source addresses has. */
    OTHER_FAMILY,
    /** Its address does not belong to the public Internet. */
    SPECIAL,
    /** It takes no mail, or has no address. */
    LEFT;

    /**
     * The vote of one address by its outcome. A name that inherits votes as its donor, so it is asked with the donor's
     * outcome.
     *
     * @param starttls   what is known of the address by the outcome, or by its donor's
     * @param isImplicit whether it is a mail server only by its address, without any MX record that names it
     */
    public static Vote of(Outcome outcome, Optional<Boolean> starttls, boolean isImplicit) {
        return switch (outcome) {
            case NOT_SMTP, NO_MAIL_521 -> LEFT;
            case NOT_ATTEMPTED_SPECIAL_ADDRESS -> SPECIAL;
            case NOT_ATTEMPTED_NO_IPV6 -> OTHER_FAMILY;
            case NOT_ATTEMPTED_OPTED_OUT -> OPTED_OUT;
            case UNREACHABLE_REFUSED, UNREACHABLE_NO_ROUTE, UNREACHABLE_TIMEOUT, UNREACHABLE_RESET ->
                isImplicit ? SILENT : UNKNOWN;
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
                    CLOSED_EARLY,
                    PROTOCOL_ERROR,
                    NOT_ATTEMPTED_SUSPENDED,
                    NOT_ATTEMPTED_BUDGET,
                    NOT_ATTEMPTED_WINDOW_END,
                    NOT_ATTEMPTED_INHERITED,
                    LOCAL_ERROR,
                    SELF_INFLICTED -> of(starttls);
        };
    }

    /** The vote of a part that counts; empty is unknown. */
    public static Vote of(Optional<Boolean> answer) {
        return answer.map(yes -> yes ? YES : NO).orElse(UNKNOWN);
    }

    /** The three-valued answer; empty for everything but yes and no. */
    public Optional<Boolean> answer() {
        return switch (this) {
            case YES -> Optional.of(true);
            case NO -> Optional.of(false);
            case UNKNOWN, SILENT, OPTED_OUT, OTHER_FAMILY, SPECIAL, LEFT -> Optional.empty();
        };
    }

    /** Whether it counts by itself, whatever stands beside it. */
    boolean counts() {
        return switch (this) {
            case YES, NO, UNKNOWN, OTHER_FAMILY -> true;
            case SILENT, OPTED_OUT, SPECIAL, LEFT -> false;
        };
    }

    /** Whether it is unknown beside a part that counts. */
    boolean isUnknownBeside() {
        return switch (this) {
            case UNKNOWN, OTHER_FAMILY, SILENT, OPTED_OUT -> true;
            case YES, NO, SPECIAL, LEFT -> false;
        };
    }
}
