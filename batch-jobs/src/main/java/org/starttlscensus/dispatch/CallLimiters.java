package org.starttlscensus.dispatch;

import java.time.Instant;

/**
 * The limiters of one call: our source address, the provider, the address, and its prefix. Each of them must allow the
 * call, and each counts it. To add one, extend {@link #limiter}; one that belongs to the address must also be checked
 * by {@link AddressLimiter}.
 */
record CallLimiters(Limiter source, ProviderQueue provider, AddressLimiter address) {

    private static final int COUNT = 4;

    /** By number and not as a list: a replay reads this a million times in a process that has just started. */
    private Limiter limiter(int number) {
        return switch (number) {
            case 0 -> source;
            case 1 -> provider.limiter;
            case 2 -> address.limiter;
            case 3 -> address.prefix;
            default -> throw new IndexOutOfBoundsException(number);
        };
    }

    /** A permit is chosen. Its call counts as open, and its real start is not known yet. */
    void permitted() {
        for (int i = 0; i < COUNT; i++) limiter(i).permitted();
    }

    /** The call was dialled. The gaps to other calls count from here. */
    void started(Instant at) {
        for (int i = 0; i < COUNT; i++) limiter(i).started(at);
    }

    void ended() {
        for (int i = 0; i < COUNT; i++) limiter(i).ended();
    }

    void lapsed() {
        for (int i = 0; i < COUNT; i++) limiter(i).lapsed();
    }

    void replay(Instant startedAt) {
        for (int i = 0; i < COUNT; i++) limiter(i).replay(startedAt);
    }

    void orphaned(Instant dialBefore) {
        for (int i = 0; i < COUNT; i++) limiter(i).orphaned(dialBefore);
    }

    void contacted(Instant startedAt) {
        for (int i = 0; i < COUNT; i++) limiter(i).contacted(startedAt);
    }

    void connected(Instant dialBefore) {
        for (int i = 0; i < COUNT; i++) limiter(i).connected(dialBefore);
    }
}
