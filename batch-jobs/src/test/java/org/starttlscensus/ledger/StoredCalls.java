package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ScheduledRetry;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Permits.Chosen;
import org.starttlscensus.store.Permits.Used;

/** Permits and results of calls as a test stores them, without an engine. */
final class StoredCalls {

    static final MaxCallDuration MAX_DURATION = new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7));

    private StoredCalls() {}

    /** Commits one permit that must be granted, and returns its id. */
    static long permit(
            Database database, NightLease lease, long endpointId, int attempt, ProbeKind kind, Instant startAt) {
        var chosen = new Chosen(endpointId, attempt, false, kind, startAt, startAt.plusSeconds(10));
        return GrantedPermits.commit(new Permits(database), lease, List.of(chosen))
                .get(endpointId)
                .permitId();
    }

    /** The result of a call that was made. */
    static Used made(long permitId, Instant startedAt, Instant endedAt, String signal, Feedback feedback) {
        return made(permitId, startedAt, endedAt, signal, feedback, Optional.empty());
    }

    static Used made(
            long permitId,
            Instant startedAt,
            Instant endedAt,
            String signal,
            Feedback feedback,
            Optional<ScheduledRetry> retry) {
        return new Used(
                permitId,
                Optional.of(startedAt),
                Optional.of(endedAt),
                PermitSignal.of(signal),
                Optional.of("rule"),
                Optional.of(feedback),
                retry);
    }

    /** A permit that lapsed unused. */
    static Used unused(long permitId) {
        return new Used(
                permitId,
                Optional.empty(),
                Optional.empty(),
                PermitSignal.Unreported.NOT_DIALLED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Takes over the night and replays its ledger. */
    static Ledger open(Database database, CensusNight night) {
        return Ledger.open(
                database,
                new Nights(database).takeOver(night),
                CallSource.CHOSEN_BY_SYSTEM,
                Limits.CEILINGS,
                MAX_DURATION);
    }
}
