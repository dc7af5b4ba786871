package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.Observations;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.ledger.CallEngine;
import org.starttlscensus.ledger.CallResultStore;
import org.starttlscensus.ledger.Caller;
import org.starttlscensus.ledger.Ledger;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Nights;

/** Calls with results that the database rejects, through the call engine and the result writer of a night. */
class PoisonedResultsIT {

    private static final int ENDPOINTS = 60;
    private static final MaxCallDuration WHOLE_CALL = new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7));
    /** NUL, the only character that PostgreSQL's type text rejects (SQLSTATE 22021). */
    private static final String POISON = "a detail with U+0000: \0";

    @TempDir
    static Path directory;

    private static Database database;
    private static CensusNight night = CensusNight.of("2030-01-01");
    private final RecordedProgress progress = new RecordedProgress();

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void nextNight() {
        night = new CensusNight(night.date().plusDays(1));
        PlannedNight.in(database, night, ENDPOINTS, 5);
    }

    private void run(Caller caller) throws InterruptedException {
        run(
                caller,
                new FaultIsolatingStore(
                        new PostgresCallResultStore(database, night, MonotonicClock.of(database)), progress));
    }

    private void run(Caller caller, CallResultStore store) throws InterruptedException {
        var clock = MonotonicClock.of(database);
        var limits = Limits.CEILINGS.scaled(0);
        var ledger = Ledger.open(
                database, new Nights(database).takeOver(night), CallSource.CHOSEN_BY_SYSTEM, limits, WHOLE_CALL);
        try (var engine = new CallEngine(ledger, limits, caller, ReplyClassifier::judge, store, clock)) {
            engine.start();
            while (engine.stored().isPresent()) assertTrue(progress.messages.size() <= 3 * ENDPOINTS);
        }
    }

    /** The result of a call to a good server, with one change. */
    private static Caller poisoning(long endpointId, UnaryOperator<Observation> poison) {
        return (permit, dialled) -> {
            var seen = Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                    .startedAt(permit.startAt())
                    .build();
            return endpointId == 0 || permit.endpointId() == endpointId ? poison.apply(seen) : seen;
        };
    }

    private static Observation with(Observation seen, Map<CallPhase, Duration> took, Optional<String> detail) {
        return new Observation(
                seen.endpoint(),
                seen.source(),
                seen.ehloName(),
                seen.startedAt(),
                took,
                seen.phase(),
                seen.ending(),
                seen.banner(),
                seen.ehlo(),
                seen.helo(),
                seen.starttls(),
                seen.tls(),
                seen.tlsFailure(),
                seen.afterTls(),
                seen.quitReply(),
                seen.excerpt(),
                seen.received(),
                detail);
    }

    private static Observation withPoison(Observation seen) {
        return with(seen, seen.took(), Optional.of(POISON));
    }

    private static List<String> stored(String columns, long endpointId) {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT concat_ws('|', " + columns + ") FROM census.observation "
                        + "LEFT JOIN census.raw_reply USING (night, endpoint_id, attempt) "
                        + "WHERE night = :night AND endpoint_id = :id ORDER BY attempt")
                .param("night", night.date())
                .param("id", endpointId)
                .query(String.class)
                .list();
    }

    private static long count(String condition) {
        return PlannedNight.count(
                database, "SELECT count(*) FROM census." + condition.formatted("night = '" + night + "'"));
    }

    @Test
    @Timeout(60)
    void oneIsStoredAsOurFaultAndReportedAndTheNightGoesOn() throws Exception {
        run(poisoning(7, PoisonedResultsIT::withPoison));
        assertEquals(
                List.of("local_error|after_tls|could not be stored as it was: SQLSTATE 22021"
                        + "|220 mx.example.net ESMTP"),
                stored("ending, phase, detail, convert_from(banner, 'UTF8')", 7).stream()
                        .map(String::strip)
                        .toList());
        assertEquals(ENDPOINTS - 1, count("observation WHERE %s AND ending = 'completed'"));
        assertEquals(0, count("permit WHERE %s AND closed_at IS NULL"));
        assertEquals(
                0,
                count("permit JOIN census.observation USING (night, endpoint_id, attempt) "
                        + "JOIN census.reply_judgement USING (reply_judgement_id) "
                        + "WHERE %s AND (permit.signal <> 'ok' OR reply_judgement.class <> 'ok')"),
                "the ledger tells what the call meant for our welcome, whatever could be stored of it");
        assertEquals(1, progress.messages.size(), progress.messages::toString);
        assertTrue(progress.messages.getFirst().contains("22021"), progress.messages::toString);
    }

    @Test
    @Timeout(60)
    void aPhaseLongerThanItsColumnIsStoredAsTheLongestAndSaysHowLongItWas() throws Exception {
        run(poisoning(7, seen -> {
            Map<CallPhase, Duration> took = new EnumMap<>(seen.took());
            took.put(CallPhase.EHLO, Duration.ofHours(2));
            return with(seen, took, Optional.empty());
        }));
        assertEquals(
                List.of("completed|2147483647|ehlo took PT2H, for this process stood still"),
                stored("ending, ehlo_us, detail", 7));
        assertEquals(List.of(), progress.messages);
    }

    /** However many calls come in a batch, three nights have three batches. */
    @Test
    @Timeout(60)
    void ifNoneCanBeStoredTheRunEndsWithWhatIsWrong() {
        var inner = new ArrayList<CallResultStore>();
        var store = new FaultIsolatingStore(calls -> inner.getLast().store(calls), progress);
        var failure = assertThrows(IllegalStateException.class, () -> {
            for (int count = 0; count < 3; count++) {
                inner.add(new PostgresCallResultStore(database, night, MonotonicClock.of(database)));
                run(poisoning(0, PoisonedResultsIT::withPoison), store);
                nextNight();
            }
        });
        assertTrue(failure.getCause().getMessage().startsWith("no call of "), failure.getCause()::getMessage);
        assertTrue(
                progress.messages.size() >= 20 && progress.messages.size() <= 3 * ENDPOINTS,
                () -> progress.messages.size() + " were told");
        assertEquals(0, count("observation WHERE %s AND ending = 'completed'"));
    }
}
