package org.starttlscensus.dispatch;

import java.time.Instant;

/**
 * Every key that one call needs, in one place: our source address, the provider, and whatever an address stands under (itself,
 * its prefix). Each of them must allow the call, and each counts it. A further one is one more line in {@link #key}; one that an
 * address stands under is asked by {@link AddressLimiter} too.
 */
record CallLimiters(Limiter source, ProviderQueue provider, AddressLimiter address) {

    private static final int COUNT = 4;

    /** By number and not as a list: a fold asks this a million times, in a process that has just begun. */
    private Limiter key(int number) {
        return switch (number) {
            case 0 -> source;
            case 1 -> provider.limiter;
            case 2 -> address.limiter;
            case 3 -> address.prefix;
            default -> throw new IndexOutOfBoundsException(number);
        };
    }

    /** A permit is chosen: its call counts as open, and nobody knows yet when it really starts. */
    void permitted() {
        for (int i = 0; i < COUNT; i++) key(i).permitted();
    }

    /** The call was dialled: the gaps to others count from here. */
    void started(Instant at) {
        for (int i = 0; i < COUNT; i++) key(i).started(at);
    }

    void ended() {
        for (int i = 0; i < COUNT; i++) key(i).ended();
    }

    void lapsed() {
        for (int i = 0; i < COUNT; i++) key(i).lapsed();
    }

    void replay(Instant startedAt) {
        for (int i = 0; i < COUNT; i++) key(i).replay(startedAt);
    }

    void orphaned(Instant dialBefore) {
        for (int i = 0; i < COUNT; i++) key(i).orphaned(dialBefore);
    }

    void contacted(Instant startedAt) {
        for (int i = 0; i < COUNT; i++) key(i).contacted(startedAt);
    }

    void connected(Instant dialBefore) {
        for (int i = 0; i < COUNT; i++) key(i).connected(dialBefore);
    }
}
