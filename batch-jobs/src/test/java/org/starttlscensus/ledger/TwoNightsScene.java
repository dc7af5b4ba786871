package org.starttlscensus.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Permits;

/**
 * Two consecutive nights, each test with a database of its own. Endpoints 1 to 4 belong to provider 0, 5 to 9 to
 * provider 1, and 10 to provider 2; all share a network.
 */
abstract class TwoNightsScene {

    static final CensusNight YESTERDAY = CensusNight.of("2029-12-31");
    static final CensusNight TONIGHT = CensusNight.of("2030-01-01");
    /** When tonight's window opened. */
    static final Instant DUSK = VirtualNight.DUSK;

    @TempDir
    Path directory;

    Database database;
    Permits permits;
    private NightLease yesterday;
    private int attempt;

    @BeforeEach
    void twoNights() {
        database = EmptyDatabase.in(directory);
        permits = new Permits(database);
        PlannedNight.in(database, YESTERDAY, 10, 5);
        PlannedNight.in(database, TONIGHT, 10, 5);
        yesterday = new Nights(database).takeOver(YESTERDAY);
    }

    @AfterEach
    void close() {
        database.close();
    }

    long permit(long endpointId, Instant startAt) {
        return StoredCalls.permit(database, yesterday, endpointId, ++attempt, ProbeKind.STANDARD, startAt);
    }

    /** A call of yesterday's ledger that took a second. */
    void call(long endpointId, Instant startAt, Signal signal) {
        var permit = permit(endpointId, startAt);
        var end = startAt.plusSeconds(1);
        permits.close(YESTERDAY, List.of(StoredCalls.made(permit, startAt, end, "other", Feedback.of(signal))), end);
    }

    Ledger open() {
        return StoredCalls.open(database, TONIGHT);
    }

    /** When each endpoint would be called if every call took a second and succeeded, within the first hours. */
    Map<Long, Duration> starts(Dispatcher dispatcher) {
        Map<Long, Duration> starts = new TreeMap<>();
        for (var now = DUSK; now.isBefore(DUSK.plus(Duration.ofHours(3))); now = now.plusSeconds(1)) {
            dispatcher.releasedBy(now);
            for (var one : new ArrayList<>(dispatcher.choose(now, now, 200))) {
                dispatcher.started(one.call(), one.startAt());
                dispatcher.onFeedback(
                        one.call(),
                        Feedback.of(Signal.WELCOMED),
                        one.startAt(),
                        one.startAt().plusSeconds(1));
                dispatcher.ended(one.call(), one.startAt(), one.startAt().plusSeconds(1));
                starts.putIfAbsent(one.call().endpointId(), Duration.between(DUSK, one.startAt()));
            }
        }
        return starts;
    }

    /** When the first of these endpoints would be called. */
    Duration first(Dispatcher dispatcher, long from, long to) {
        return starts(dispatcher).entrySet().stream()
                .filter(one -> one.getKey() >= from && one.getKey() <= to)
                .map(Map.Entry::getValue)
                .min(Duration::compareTo)
                .orElseThrow();
    }
}
