package org.starttlscensus.store;

import java.util.Optional;
import java.util.function.Supplier;

/** What a process that asks for the run lock is told. */
public sealed interface RunLockAnswer {

    /** It has the lock now. */
    record Acquired(RunLock lock) implements RunLockAnswer {}

    /** Another process has it: at least one of this kind had it when the server was asked. */
    record HeldBy(RunLock.Holder holder) implements RunLockAnswer {}

    /**
     * Whoever had the lock may give it back between the two questions. Then nobody has it, so it is asked for again.
     *
     * @param take   asks for the lock
     * @param holder asks who has it; empty if nobody has
     */
    static RunLockAnswer of(Supplier<Optional<RunLock>> take, Supplier<Optional<RunLock.Holder>> holder) {
        while (true) {
            var taken = take.get();
            if (taken.isPresent()) return new Acquired(taken.get());
            var other = holder.get();
            if (other.isPresent()) return new HeldBy(other.get());
        }
    }

    /** The lock, if it was granted. */
    default Optional<RunLock> granted() {
        return switch (this) {
            case Acquired(var lock) -> Optional.of(lock);
            case HeldBy _ -> Optional.empty();
        };
    }
}
