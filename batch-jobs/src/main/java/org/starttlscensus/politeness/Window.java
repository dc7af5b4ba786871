package org.starttlscensus.politeness;

/**
 * How many calls may be open at a provider: Postfix's concurrency feedback of 1/N both ways, with hysteresis 1. Reverse
 * hysteresis: the window grows at the end of N completed calls, and shrinks at the first refusal of a cycle. Never
 * below 1.
 *
 * <p>Two rules of Postfix are not taken over. It grows only while the window is in use; an unused window of at most 5
 * does no harm. And it declares a destination dead after failed cohorts; at 1 open call a single temporary failure
 * would end the night of a provider, so the table of signals decides that.
 *
 * @see <a href="https://www.postfix.org/SCHEDULER_README.html">Postfix: concurrency scheduling</a>
 */
record Window(int open, double success, double failure) {

    static Window starting(Limit limit) {
        return new Window(limit.open() == Limit.UNLIMITED ? limit.open() : Limits.PROVIDER_OPEN_AT_START, 0, 0);
    }

    Window nextNight(Limit limit) {
        var starting = starting(limit);
        return open > starting.open ? starting : this;
    }

    Window welcomed(int most) {
        if (open >= most) return this;
        double feedback = 1.0 / open;
        double gained = success + feedback;
        if (gained + feedback / 2 < 1) return new Window(open, gained, failure);
        return new Window(open + 1, gained - 1, 0);
    }

    Window refused() {
        double feedback = 1.0 / open;
        double lost = failure - feedback;
        if (lost - feedback / 2 >= 0) return new Window(open, success, lost);
        return new Window(Math.max(1, open - 1), 0, lost + 1);
    }

    Window halved() {
        return new Window(Math.max(1, open / 2), 0, 0);
    }
}
