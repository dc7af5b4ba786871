package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.store.RunLock.Holder;

class LockAfterChecksTest {

    private static final Optional<String> TAKEN = Optional.of("the lock");
    private static final Optional<String> REFUSED = Optional.empty();

    private final List<String> told = new ArrayList<>();

    @Test
    void aFreeLockIsTakenAtOnce() {
        assertEquals(TAKEN, take(List.of(TAKEN), List.of(), 0));
        assertEquals(List.of(), told);
    }

    @Test
    void aRunIsNotWaitedFor() {
        assertEquals(REFUSED, take(List.of(REFUSED), List.of(Optional.of(Holder.RUN)), 9));
        assertEquals(REFUSED, take(List.of(REFUSED), List.of(Optional.of(Holder.WORK)), 9));
        assertEquals(List.of(), told);
    }

    @Test
    void aCheckIsWaitedForAndToldOfOnce() {
        var check = Optional.of(Holder.CHECK);
        assertEquals(TAKEN, take(List.of(REFUSED, REFUSED, TAKEN), List.of(check, check), 9));
        assertEquals(List.of("waiting"), told);
    }

    @Test
    void aLockThatWasReleasedBetweenTheTwoQuestionsIsTaken() {
        assertEquals(TAKEN, take(List.of(REFUSED, TAKEN), List.of(Optional.empty()), 9));
        assertEquals(List.of(), told);
    }

    @Test
    void aRunThatFollowsACheckIsNotWaitedFor() {
        assertEquals(
                REFUSED,
                take(
                        List.of(REFUSED, REFUSED, REFUSED),
                        List.of(Optional.of(Holder.CHECK), Optional.empty(), Optional.of(Holder.RUN)),
                        9));
        assertEquals(List.of("waiting"), told);
    }

    @Test
    void afterTheLastWaitItIsTriedOnceMore() {
        assertEquals(TAKEN, take(List.of(REFUSED, TAKEN), List.of(Optional.of(Holder.CHECK)), 0));
        assertEquals(REFUSED, take(List.of(REFUSED, REFUSED), List.of(Optional.of(Holder.CHECK)), 0));
    }

    private Optional<String> take(List<Optional<String>> attempts, List<Optional<Holder>> holders, int waits) {
        var attempt = new ArrayDeque<>(attempts);
        var holder = new ArrayDeque<>(holders);
        var left = new int[] {waits};
        return LockAfterChecks.take(attempt::pop, holder::pop, () -> told.add("waiting"), () -> left[0]-- > 0);
    }
}
