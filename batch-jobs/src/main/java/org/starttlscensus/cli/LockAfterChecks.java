package org.starttlscensus.cli;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.starttlscensus.store.RunLock;

/** Takes the run lock, and waits for it while a check has it: a check keeps it for a few calls only. */
final class LockAfterChecks {

    private LockAfterChecks() {}

    /**
     * @param attempt    takes the lock, unless another process has it
     * @param holder     asks who has it. It may have been released since the attempt; then the attempt is repeated
     * @param whenWaiting is called once, if a check is waited for
     * @param wait       returns after a moment: whether there is time left
     * @return empty if a run or other work has the lock, or if the time is over
     */
    static <L> Optional<L> take(
            Supplier<Optional<L>> attempt,
            Supplier<Optional<RunLock.Holder>> holder,
            Runnable whenWaiting,
            BooleanSupplier wait) {
        var isWaiting = false;
        do {
            var lock = attempt.get();
            if (lock.isPresent()) return lock;
            var other = holder.get();
            if (other.isPresent()) {
                if (other.get() != RunLock.Holder.CHECK) return Optional.empty();
                if (!isWaiting) whenWaiting.run();
                isWaiting = true;
            }
        } while (wait.getAsBoolean());
        return attempt.get();
    }
}
