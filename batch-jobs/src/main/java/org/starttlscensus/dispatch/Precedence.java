package org.starttlscensus.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls primary MX hosts before backups. A sender that tries a backup first looks like a spammer that hopes for a
 * weaker filter there. A backup is held until, in each of its sets of MX records, every host of the best preference has
 * been called once or will not be called tonight. Primaries wait for nothing, so no backup waits for ever.
 */
public final class Precedence {

    /** The sets in which an endpoint is a primary that has not been called. */
    private final Map<Long, List<WaitingMxSet>> primaries = new HashMap<>();
    /** The number of sets that hold a backup. */
    private final Map<Long, Integer> holding = new HashMap<>();

    private static final class WaitingMxSet {
        private final List<Long> backups;
        private int primariesLeft;

        private WaitingMxSet(List<Long> backups, int primariesLeft) {
            this.backups = backups;
            this.primariesLeft = primariesLeft;
        }
    }

    /** @param best and {@code backups} endpoints that are to be called tonight */
    public void add(List<Long> best, List<Long> backups) {
        if (best.isEmpty() || backups.isEmpty()) return;
        var set = new WaitingMxSet(List.copyOf(backups), best.size());
        best.forEach(endpoint ->
                primaries.computeIfAbsent(endpoint, _ -> new ArrayList<>(1)).add(set));
        backups.forEach(endpoint -> holding.merge(endpoint, 1, Integer::sum));
    }

    boolean isHeld(long endpointId) {
        return holding.containsKey(endpointId);
    }

    /** An endpoint has been called once, or will not be. Returns the backups that nothing holds any more. */
    List<Long> settled(long endpointId) {
        var sets = primaries.remove(endpointId);
        if (sets == null) return List.of();
        var freed = new ArrayList<Long>();
        for (var set : sets) {
            if (--set.primariesLeft > 0) continue;
            for (var backup : set.backups) {
                if (holding.merge(backup, -1, Integer::sum) == 0) {
                    holding.remove(backup);
                    freed.add(backup);
                }
            }
        }
        return freed;
    }
}
