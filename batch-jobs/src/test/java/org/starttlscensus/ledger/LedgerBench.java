package org.starttlscensus.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.Figures;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;

/**
 * The cost of the ledger: committing permits, replaying a night, choosing beside many waiting endpoints. With
 * {@code cold} it measures a replay in a fresh process. Run by {@code bench/run ledger}.
 */
public final class LedgerBench {

    private static final MaxCallDuration MAX_DURATION =
            new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7));
    private static final Feedback WELCOMED = Feedback.of(Feedback.Signal.WELCOMED);
    private static final int ROUNDS = 7;
    private static final Instant DUSK = Instant.parse("2030-01-01T22:00:00Z");

    private LedgerBench() {}

    public static void main(String[] arguments) throws IOException {
        boolean isCold = List.of(arguments).contains("cold");
        var directory = Files.createTempDirectory("census-ledger-bench-");
        try (var database = Database.openEmbedded(directory)) {
            if (isCold) {
                replay(database, "cold replay", "2030-02-01", 400_000, 1_000_000);
                return;
            }
            commit(database);
            replay(database, "replay", "2030-02-01", 200_000, 500_000);
            replay(database, "replay", "2030-02-02", 400_000, 1_000_000);
        } finally {
            new ProcessBuilder("rm", "-rf", directory.toString()).start();
        }
        choose();
    }

    /** Chooses, commits and completes as the engine does, without making calls. */
    private static void commit(Database database) {
        var night = CensusNight.of("2030-01-01");
        int endpoints = 200_000;
        PlannedNight.in(database, night, endpoints, 5);
        var ledger = Ledger.open(
                database,
                new Nights(database).takeOver(night),
                CallSource.CHOSEN_BY_SYSTEM,
                Limits.CEILINGS.scaled(0),
                MAX_DURATION);
        var dispatcher = ledger.dispatcher();
        var committed = new int[1];
        var seconds = Figures.seconds(() -> {
            var now = DUSK;
            while (!dispatcher.isDone()) {
                var permitted = ledger.commit(dispatcher.choose(now, now.plus(Dispatcher.LOOKAHEAD), 200));
                for (var one : permitted) {
                    dispatcher.started(one.call(), now);
                    dispatcher.onFeedback(one.call(), WELCOMED, now, now.plusMillis(1));
                    dispatcher.ended(one.call(), now, now.plusMillis(100));
                }
                committed[0] += permitted.size();
                now = now.plusMillis(10);
            }
        });
        Figures.row(
                "ledger",
                "permits chosen and committed a second, batches of up to 200",
                "%,.0f".formatted(committed[0] / seconds),
                ">= 10,000");
    }

    private static void replay(Database database, String what, String date, int endpoints, int permits) {
        var night = CensusNight.of(date);
        PlannedNight.in(database, night, endpoints, 50);
        PlannedNight.forgetContacts(database);
        contact(JdbcClient.create(database.dataSource()), night, endpoints, permits);
        var lease = new Nights(database).takeOver(night);
        var before = Figures.liveMegabytes();
        var ledger = new Ledger[1];
        var cpu = Figures.cpuSeconds();
        var seconds = Figures.seconds(() ->
                ledger[0] = Ledger.open(database, lease, CallSource.CHOSEN_BY_SYSTEM, Limits.CEILINGS, MAX_DURATION));
        Figures.row(
                "ledger",
                "%s of %,d endpoints, %,d permits, in 512 MiB".formatted(what, endpoints, permits),
                "%.1f s".formatted(seconds),
                permits == 1_000_000 ? "<= 5 s" : "half of it");
        Figures.row("ledger", what + ": our processor time", "%.1f s".formatted(Figures.cpuSeconds() - cpu), "");
        Figures.row("ledger", what + ": alive after it", "%.0f MB".formatted(Figures.liveMegabytes() - before), "");
        if (ledger[0].toCall() == 0) throw new IllegalStateException("nothing left to call");
    }

    /**
     * Permits that were committed, and closed by calls of 50 ms to 30 s; then a vacuum and a checkpoint, which would
     * otherwise begin during the replay.
     */
    private static void contact(JdbcClient jdbc, CensusNight night, int endpoints, int permits) {
        jdbc.sql("""
                INSERT INTO census.permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before)
                SELECT :night, 1, 1 + number % :endpoints, 1 + number / :endpoints, false, at, at + interval '10 s'
                FROM (SELECT number, timestamptz '2030-01-01 22:00Z' + number * interval '20 ms' AS at
                      FROM generate_series(0, :permits - 1) AS number) AS made""")
                .param("night", night.date())
                .param("endpoints", endpoints)
                .param("permits", permits)
                .update();
        jdbc.sql("""
                UPDATE census.permit
                SET started_at = start_at + interval '7 ms',
                    ended_at = start_at + (50 + permit_id * 7919 % 29950) * interval '1 ms',
                    closed_at = start_at + interval '31 s',
                    signal = CASE WHEN attempt < 3 THEN 'temporary_unavailable' ELSE 'ok' END,
                    rule = 'some-rule',
                    reception = CASE WHEN attempt < 3 THEN 'temporary' ELSE 'welcomed' END,
                    naming = 'nobody',
                    retry_at = CASE WHEN attempt < 3 THEN start_at + interval '30 min' END,
                    retry_patient = CASE WHEN attempt < 3 THEN false END,
                    retry_question = CASE WHEN attempt < 3 THEN 'standard' END,
                    retry_kind = CASE WHEN attempt < 3 THEN 'retry' END
                WHERE night = :night""").param("night", night.date()).update();
        jdbc.sql("VACUUM (ANALYZE)").update();
        jdbc.sql("CHECKPOINT").update();
    }

    /** Without and with suspended endpoints in turns, after a warm-up round. */
    private static void choose() {
        int[] suspended = {0, 100_000, 200_000};
        var rounds = new double[suspended.length][ROUNDS];
        microsecondsPerChoice(0);
        for (int round = 0; round < ROUNDS; round++) {
            for (int which = 0; which < suspended.length; which++)
                rounds[which][round] = microsecondsPerChoice(suspended[which]);
        }
        for (int which = 0; which < suspended.length; which++) {
            Arrays.sort(rounds[which]);
            Figures.row(
                    "ledger",
                    "choice of one call, %,d endpoints suspended: median, range".formatted(suspended[which]),
                    "%.0f (%.0f-%.0f) us"
                            .formatted(rounds[which][ROUNDS / 2], rounds[which][0], rounds[which][ROUNDS - 1]),
                    which == 0 ? "" : "as without");
        }
    }

    /** A night of 20,000 endpoints that may be called, beside this many whose providers are suspended. */
    private static double microsecondsPerChoice(int suspended) {
        var dispatcher = new Dispatcher(Limits.CEILINGS.scaled(0.001), MAX_DURATION);
        long id = 0;
        for (int provider = 0; provider < suspended / 100; provider++) suspend(dispatcher, 1 + provider * 100L);
        for (int number = 0; number < suspended; number++)
            dispatcher.plan(call(++id, "suspended%d.test".formatted(number / 100)));
        for (int number = 0; number < 20_000; number++)
            dispatcher.plan(call(++id, "welcome%d.test".formatted(number / 5)));
        Figures.liveMegabytes(); // collects garbage, so that the plan is in the old generation
        var now = DUSK;
        long nanos = 0;
        int chosen = 0;
        while (chosen < 20_000) {
            var began = System.nanoTime();
            var some = dispatcher.choose(now, now.plus(Dispatcher.LOOKAHEAD), 200);
            nanos += System.nanoTime() - began;
            for (var one : some) {
                dispatcher.started(one.call(), now);
                dispatcher.onFeedback(one.call(), WELCOMED, now, now.plusMillis(1));
                dispatcher.ended(one.call(), now, now.plusNanos(1_000_000));
                if (one.call().provider().startsWith("welcome")) chosen++;
            }
            now = now.plusMillis(5);
        }
        return nanos / 1e3 / chosen;
    }

    /**
     * The provider asks us not to call for seven hours. On the lab's clock that is 25 seconds, longer than this bench
     * runs.
     */
    private static void suspend(Dispatcher dispatcher, long id) {
        dispatcher.replay(
                call(id, "suspended%d.test".formatted((id - 1) / 100)),
                DUSK,
                DUSK.plusMillis(10),
                Optional.of(new Feedback(
                        Feedback.Signal.RATE_LIMITED,
                        Feedback.RefusalTarget.NOBODY,
                        Optional.of(Duration.ofHours(7)))));
    }

    private static Call call(long id, String provider) {
        var octets = "127.%d.%d.%d".formatted(64 + id / 65_536, id / 256 % 256, id % 256);
        return Call.first(id, Address.of(octets), provider, (int) id, false, false);
    }
}
