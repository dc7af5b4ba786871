package org.starttlscensus.smtp;

import java.net.SocketTimeoutException;
import org.starttlscensus.fact.CallPhase;

/**
 * The two deadlines of a running call: that of the current phase and that of the whole call. They use the monotonic
 * clock, so a step of the wall clock does not move them.
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

    /** Starts the deadline of this phase. It never ends later than the deadline of the whole call. */
    void enter(CallPhase next) {
        phase = next;
        var now = System.nanoTime();
        phaseEnd = now + Math.min(deadlines.of(next).toNanos(), wholeEnd - now);
    }

    /** Starts the time after our FIN. A call that has used up its time still gets the short one. */
    void enterAfterFin(boolean patiently) {
        var shortest = deadlines.afterFin(false).toNanos();
        var now = System.nanoTime();
        phaseEnd = now
                + (patiently
                        ? Math.clamp(
                                wholeEnd - now,
                                shortest,
                                deadlines.afterFin(true).toNanos())
                        : shortest);
    }

    boolean isOver() {
        return nanosLeft() <= 0;
    }

    long nanosLeft() {
        return phaseEnd - System.nanoTime();
    }

    /** The value for {@code setSoTimeout}: at least 1, because 0 means no time-out there. */
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
