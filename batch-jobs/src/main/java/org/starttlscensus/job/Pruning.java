package org.starttlscensus.job;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.ContactMonths;
import org.starttlscensus.store.ContactMonths.ContactMonth;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.RunLock;

/**
 * Drops the months of permits, plans and raw replies that are older than the operator keeps them. Only whole months go,
 * so the nights that are to be kept are all there. Verdicts, observations and everything that was published stay.
 */
public final class Pruning {

    /** For each step. A reader may keep a transaction open for five minutes; the operator is not kept that long. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ContactMonths months;
    private final Duration kept;
    private final Progress progress;
    private final InstantSource clock;

    /** @param kept how long before the last night contacts are kept */
    public Pruning(Database database, Duration kept, Progress progress, InstantSource clock) {
        this.months = new ContactMonths(database);
        this.kept = kept;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * What may go.
     *
     * @param keepFrom the first night that is kept; empty: there is no night yet
     * @param old      months before it, oldest first
     * @param staying  months before it with a night that was never judged
     */
    public record PrunableMonths(Optional<LocalDate> keepFrom, List<ContactMonth> old, List<ContactMonth> staying) {
        public PrunableMonths {
            old = List.copyOf(old);
            staying = List.copyOf(staying);
        }
    }

    /** Counted back from the last night that was begun, so that a census at rest forgets nothing. */
    public PrunableMonths find() {
        return months.lastNight(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .map(last -> last.date().minusDays(kept.toDays()))
                .map(this::before)
                .orElse(new PrunableMonths(Optional.empty(), List.of(), List.of()));
    }

    private PrunableMonths before(LocalDate keepFrom) {
        var old = months.endedBefore(keepFrom);
        return new PrunableMonths(
                Optional.of(keepFrom),
                old.stream().filter(month -> month.unjudged().isEmpty()).toList(),
                old.stream().filter(month -> month.unjudged().isPresent()).toList());
    }

    /**
     * Drops them. If the process dies, the next one goes on.
     *
     * @return those that were dropped
     */
    public List<ContactMonth> drop(PrunableMonths prunable, RunLock lock) {
        if (!lock.isHeld()) throw new IllegalStateException("the run lock is not held");
        var dropped = new ArrayList<ContactMonth>();
        try (var heartbeat = new LockHeartbeat(lock)) {
            for (var each : prunable.old()) {
                progress.begin("dropping " + each.month());
                months.drop(
                        each.month(),
                        clock.instant(),
                        PATIENCE,
                        () -> heartbeat.requireHeld(new CensusNight(each.month().atEndOfMonth())));
                dropped.add(each);
            }
        }
        return dropped;
    }
}
