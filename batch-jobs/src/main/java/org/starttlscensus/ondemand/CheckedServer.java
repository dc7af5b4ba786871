package org.starttlscensus.ondemand;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;

/**
 * One server of a domain that somebody asked about, and where what is known of it comes from.
 *
 * @param preference of the MX record that leads to it
 */
public record CheckedServer(Endpoint endpoint, int preference, Finding finding) {

    /** What came of asking. */
    public sealed interface Finding {

        /**
         * It was called now.
         *
         * @param night in whose ledger the call stands
         */
        record Called(CensusNight night) implements Finding {}

        /** It was called not long ago, and so not again. */
        record Reused(CensusNight night, Instant at) implements Finding {}

        /**
         * It was not called.
         *
         * @param when it may be called at the earliest, where that is known
         */
        record NotMeasured(NotMeasuredReason notMeasuredReason, Optional<String> detail, Optional<Instant> when)
                implements Finding {

            NotMeasured(NotMeasuredReason notMeasuredReason) {
                this(notMeasuredReason, Optional.empty(), Optional.empty());
            }
        }
    }

    /** Why a server was not called. All of them are ours to explain, none says anything of the server. */
    public enum NotMeasuredReason {
        /** The address is none of the public Internet, or outside the lab. */
        SPECIAL_ADDRESS,
        /** No source address of ours is of that IP version. */
        NO_IPV6,
        NO_IPV4,
        /** Its provider has asked us to stay away tonight. */
        SUSPENDED,
        /** Its operator has told us to stay away. */
        OPTED_OUT,
        /** The calls that one night may make at its address or provider are used up. */
        BUDGET,
        /** It was called in this night already, and nothing is known of that call, or too long ago. */
        CALLED_BEFORE,
        /** The operator has stopped the night, or paused it. */
        HELD_BY_OPERATOR,
        /** The limits of its address or provider allow no call before later. */
        LATER,
        /** Tonight's plan calls it, and it is not its turn yet. */
        PLANNED,
        /** A run is at work, and its dispatcher has not called it within the time that was waited. */
        RUN_AT_WORK,
        /** A domain has more servers than we look at. */
        BEYOND_THE_CAP;

        /** The label in JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
