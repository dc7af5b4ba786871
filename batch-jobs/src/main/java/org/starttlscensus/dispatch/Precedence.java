package org.starttlscensus.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Primary before backup: who calls a backup MX first looks like a spammer, who hopes for a weaker guard there. A backup is
 * held until every best-preference server of every set of MX records that it stands in has been called once, or will not be
 * called tonight. Primaries wait for nobody, so nobody waits for ever.
 */
public final class Precedence {

    /** Sets in which an endpoint is a primary that has not been called. */
    private final Map<Long, List<WaitingMxSet>> primaries = new HashMap<>();
    /** How many of its sets hold a backup back. */
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

    /** An endpoint has been called once, or will not be; answers the backups that nothing holds any more. */
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
