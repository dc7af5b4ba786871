package org.starttlscensus.smtp;

import java.net.SocketTimeoutException;
import org.starttlscensus.fact.CallPhase;

/**
 * The two deadlines of a call that is under way: the phase's and the whole call's. On the monotonic clock, so a step of
 * the wall clock changes nothing.
 */
final class CallClock {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Deadlines deadlines;
    private final long wholeEnd;
    private volatile long phaseEnd;
    private CallPhase phase = CallPhase.CONNECT;

    CallClock(Deadlines deadlines) {
        this.deadlines = deadlines;
        this.wholeEnd = System.nanoTime() + deadlines.whole().toNanos();
        enter(CallPhase.CONNECT);
    }

    /** From here on the deadline of this phase runs, cut short by that of the whole call. */
    void enter(CallPhase next) {
        phase = next;
        var now = System.nanoTime();
        phaseEnd = now + Math.min(deadlines.of(next).toNanos(), wholeEnd - now);
    }

    /** From here on the time behind our FIN runs; a call that has used up its time is still given a moment. */
    void enterAfterFin(boolean patiently) {
        var moment = deadlines.afterFin(false).toNanos();
        var now = System.nanoTime();
        phaseEnd = now
                + (patiently
                        ? Math.clamp(
                                wholeEnd - now, moment, deadlines.afterFin(true).toNanos())
                        : moment);
    }

    boolean isOver() {
        return nanosLeft() <= 0;
    }

    long nanosLeft() {
        return phaseEnd - System.nanoTime();
    }

    /** For a socket's time-out, where 0 would mean for ever: at least 1. */
    int millisLeft() throws SocketTimeoutException {
        var nanos = nanosLeft();
        if (nanos <= 0) throw new SocketTimeoutException("the deadline has passed");
        return (int) Math.min(Integer.MAX_VALUE, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    String passedDeadline() {
        return System.nanoTime() - wholeEnd >= 0
                ? "the deadline of the whole call passed: " + deadlines.whole()
                : "the deadline of phase " + phase.label() + " passed: " + deadlines.of(phase);
    }
}
