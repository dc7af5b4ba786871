package org.starttlscensus.ondemand;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;

/**
 * One server of a checked domain, and where its result comes from.
 *
 * @param preference of the MX record that leads to it
 * @param isImplicit whether its domain has no MX record; then it gets one attempt, and no second look
 */
public record CheckedServer(Endpoint endpoint, int preference, boolean isImplicit, Finding finding) {

    /** Where the result of a server comes from, or why there is none. */
    public sealed interface Finding {

        /**
         * It was called now.
         *
         * @param night the night whose ledger has the call
         */
        record Called(CensusNight night) implements Finding {}

        /**
         * It was called less than {@link DomainCheck#REUSE_PERIOD} ago, and so not again.
         *
         * @param instead why the second look that was due was not made
         */
        record Reused(CensusNight night, Instant at, Optional<NotMeasured> instead) implements Finding {}

        /**
         * It was not called.
         *
         * @param when the earliest time at which it may be called, if known
         */
        record NotMeasured(NotMeasuredReason notMeasuredReason, Optional<String> detail, Optional<Instant> when)
                implements Finding {

            NotMeasured(NotMeasuredReason notMeasuredReason) {
                this(notMeasuredReason, Optional.empty(), Optional.empty());
            }
        }
    }

    /** Why a server was not called. None of these reasons says anything about the server. */
    public enum NotMeasuredReason {
        /** The address is not a public one, or it is outside the lab. */
        SPECIAL_ADDRESS,
        /** We have no source address of that IP version. */
        NO_IPV6,
        NO_IPV4,
        /** Its provider has refused us tonight, or blocks us, so it is left alone. */
        SUSPENDED,
        /** Its operator has opted out. */
        OPTED_OUT,
        /** The calls that one night may make to its address or provider are used up. */
        BUDGET,
        /** It was called in this night already, but the result is unknown, or too old. */
        CALLED_BEFORE,
        /** Our operator has paused or stopped the night. */
        HELD_BY_OPERATOR,
        /** The limits of its address or provider do not allow a call soon enough. */
        LATER,
        /** It is in tonight's plan, and the running night has not called it yet. */
        PLANNED,
        /** A night is running, and its dispatcher did not call it within the time we waited. */
        RUN_AT_WORK,
        /** Another check, or another command that works in the database, had the lock for as long as we waited. */
        DATABASE_BUSY,
        /** Whoever asked has stopped the check before it was called. */
        STOPPED,
        /** The domain has more servers than a check calls. */
        BEYOND_THE_CAP;

        /** The label in JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
