package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What becomes due later, in the order of its due times: calls, and open permits of dead processes. */
final class DelayQueue {

    private final PriorityQueue<Delayed> queue = new PriorityQueue<>(Comparator.comparing(Delayed::due));

    sealed interface Delayed {
        Instant due();

        /** A call. */
        record DelayedCall(Instant due, Call call) implements Delayed {}

        /** An open permit of a dead process. Until it is due, it may be an open connection. */
        record OrphanedPermit(Instant due, long permitId, Call call, SourceLimiter source) implements Delayed {}

        /** An open permit of an earlier night. Its endpoint is not called because of it. */
        record EarlierOrphanedPermit(Instant due, long permitId, Call call, SourceLimiter source) implements Delayed {}
    }

    void add(Delayed one) {
        queue.add(one);
    }

    /** Removes and returns the first entry, if it is due by then. */
    Optional<Delayed> pollBy(Instant now) {
        return Optional.ofNullable(queue.peek())
                .filter(first -> !first.due().isAfter(now))
                .map(_ -> queue.poll());
    }

    Optional<Instant> first() {
        return Optional.ofNullable(queue.peek()).map(Delayed::due);
    }

    int size() {
        return queue.size();
    }

    /** Removes and returns all calls that match. */
    List<Call> takeCalls(Predicate<Call> which) {
        var taken = queue.stream()
                .filter(one -> isCall(one, which))
                .map(one -> ((Delayed.DelayedCall) one).call())
                .toList();
        queue.removeIf(one -> isCall(one, which));
        return taken;
    }

    /** Removes and returns all permits of dead processes. */
    List<Long> takeOrphaned() {
        var taken = queue.stream().flatMap(DelayQueue::orphaned).toList();
        queue.removeIf(one -> orphaned(one).findAny().isPresent());
        return taken;
    }

    private static Stream<Long> orphaned(Delayed one) {
        return switch (one) {
            case Delayed.DelayedCall _ -> Stream.empty();
            case Delayed.OrphanedPermit(var _, var permitId, var _, var _) -> Stream.of(permitId);
            case Delayed.EarlierOrphanedPermit(var _, var permitId, var _, var _) -> Stream.of(permitId);
        };
    }

    private static boolean isCall(Delayed one, Predicate<Call> which) {
        return one instanceof Delayed.DelayedCall(var _, var call) && which.test(call);
    }
}
