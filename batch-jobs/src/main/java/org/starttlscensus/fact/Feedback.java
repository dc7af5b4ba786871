package org.starttlscensus.fact;

import java.time.Duration;
import java.util.Optional;

/**
 * How a call was received, as far as it moves anybody's pace. It stands in the permit's row, so that whoever folds the
 * permits of a night comes to the same paces.
 *
 * @param signal     what happened
 * @param target   whom a refusal names
 * @param stayAway how long the peer asks us to stay away, as it says; not scaled, not capped by the night
 */
public record Feedback(Signal signal, RefusalTarget target, Optional<Duration> stayAway) {

    /** A row each of the table of signals (docs/politeness.md, section 6). */
    public enum Signal {
        /** A completed session, whatever it showed of TLS. */
        WELCOMED,
        /** Too many, too fast: by the provider's word. */
        RATE_LIMITED,
        /** Too many, too fast: by the word of one overloaded server. */
        OVERLOADED,
        /** 421 or 451 without a reason, or closed amid the dialogue. */
        TEMPORARY,
        GREYLISTED,
        /** Refused, and the text says so. */
        BLOCKED,
        /** Refused without a word: a bare 554, a mute EHLO, closed before the greeting. */
        SUSPECTED,
        /** Connecting timed out, was refused, or found no route. */
        UNREACHABLE,
        /** It kept us waiting. */
        TARPITTED,
        HANDSHAKE_FAILED,
        /** The peer says that we broke the protocol. */
        SELF_INFLICTED,
        /** Octets behind the 220 to STARTTLS. */
        INJECTED,
        /** Ours, whoever is called: no file descriptor, no local address. Feeds no key; everybody waits. */
        LOCAL_ERROR,
        /**
         * Ours: this machine has no way to that address. Feeds no key; everybody waits only where it has none to
         * anybody.
         */
        NO_ROUTE_HERE,
        /** Anything else: says nothing of our welcome. */
        NEUTRAL;

        public String label() {
            return Labels.of(this);
        }

        public static Signal of(String label) {
            return Labels.read(Signal.class, label);
        }
    }

    /** Whom the text of a refusal names. */
    public enum RefusalTarget {
        /** Nobody, or somebody else. */
        NOBODY,
        /** Our address or our network: the refusal is meant for us, wherever we call. */
        US,
        /** A public list of addresses, which then carries ours. */
        A_LIST;

        public String label() {
            return Labels.of(this);
        }

        public static RefusalTarget of(String label) {
            return Labels.read(RefusalTarget.class, label);
        }
    }

    public static Feedback of(Signal signal) {
        return new Feedback(signal, RefusalTarget.NOBODY, Optional.empty());
    }

    /** Where nothing but the class of the last reply is known. */
    public static Feedback of(ReplyClass replyClass) {
        return of(
                switch (replyClass) {
                    case OK, NO_STARTTLS, TLS_UNAVAILABLE -> Signal.WELCOMED;
                    case RATE_LIMITED -> Signal.RATE_LIMITED;
                    case TEMPORARY_UNAVAILABLE -> Signal.TEMPORARY;
                    case GREYLISTED -> Signal.GREYLISTED;
                    case BLOCKED_REPUTATION -> Signal.BLOCKED;
                    case BLOCKED_SUSPECTED, MUTED -> Signal.SUSPECTED;
                    case STRIPPED, POLICY_REQUIRES_TLS, NOT_SMTP, OTHER -> Signal.NEUTRAL;
                });
    }
}
