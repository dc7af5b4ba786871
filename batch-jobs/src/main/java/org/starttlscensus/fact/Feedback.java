package org.starttlscensus.fact;

import java.time.Duration;
import java.util.Optional;

/**
 * The part of a call's result that changes the pace of later calls. It is stored in the permit's row, so replaying the
 * permits of a night gives the same paces.
 *
 * @param signal   what happened
 * @param target   whom a refusal names
 * @param stayAway how long the peer asks us to stay away, unscaled and not limited to the night
 */
public record Feedback(Signal signal, RefusalTarget target, Optional<Duration> stayAway) {

    /** The rows of the table of signals (docs/politeness.md, section 6). */
    public enum Signal {
        /** The session was completed, whatever its TLS result. */
        WELCOMED,
        /** The reply says that we call the provider too often or too fast. */
        RATE_LIMITED,
        /** The reply says that one overloaded server cannot take more connections. */
        OVERLOADED,
        /** 421 or 451 without a reason, or closed during the dialogue. */
        TEMPORARY,
        GREYLISTED,
        /** The text of the refusal says that we are blocked. */
        BLOCKED,
        /** Refused without a reason: a bare 554, a muted EHLO reply, closed before the greeting. */
        SUSPECTED,
        /** Connecting timed out, was refused, or found no route. */
        UNREACHABLE,
        /** The server answered very slowly or stopped answering. */
        TARPITTED,
        HANDSHAKE_FAILED,
        /** The peer says that we violated the protocol. */
        SELF_INFLICTED,
        /** Plaintext octets, not only CR, LF and blanks, followed the positive reply to STARTTLS. */
        INJECTED,
        /**
         * This machine can call nobody: no file descriptor, no local address. Counts against no limiter; all calls
         * wait.
         */
        LOCAL_ERROR,
        /**
         * This machine has no route to that address. Counts against no limiter; all calls wait only if it has no route
         * to any address.
         */
        NO_ROUTE_HERE,
        /** Anything else: it does not show how the peer treats us. */
        NEUTRAL;

        /** Whether the peer turned us away, now or for longer. Only then does it mean a wait that it names. */
        public boolean isRefusal() {
            return switch (this) {
                case RATE_LIMITED, OVERLOADED, TEMPORARY, GREYLISTED, BLOCKED, SUSPECTED -> true;
                case WELCOMED,
                        UNREACHABLE,
                        TARPITTED,
                        HANDSHAKE_FAILED,
                        SELF_INFLICTED,
                        INJECTED,
                        LOCAL_ERROR,
                        NO_ROUTE_HERE,
                        NEUTRAL -> false;
            };
        }

        public String label() {
            return Labels.of(this);
        }

        public static Signal of(String label) {
            return Labels.read(Signal.class, label);
        }
    }

    /** Whom the text of a refusal names as the reason. */
    public enum RefusalTarget {
        /** Nobody, or someone else. */
        NOBODY,
        /** Our address: the refusal applies to us, whichever server of the same operator we call. */
        US,
        /** A range of addresses that contains ours: whoever refuses it does so for more than one server. */
        OUR_RANGE,
        /** A public block list, which then contains our address. */
        A_LIST;

        public String label() {
            return Labels.of(this);
        }

        /** Whether the refusal applies to us by name, at whatever server. */
        public boolean isUs() {
            return switch (this) {
                case US, OUR_RANGE -> true;
                case NOBODY, A_LIST -> false;
            };
        }

        public static RefusalTarget of(String label) {
            return Labels.read(RefusalTarget.class, label);
        }
    }

    public static Feedback of(Signal signal) {
        return new Feedback(signal, RefusalTarget.NOBODY, Optional.empty());
    }

    /** The feedback where only the class of the last reply is known. */
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
