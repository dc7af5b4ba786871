package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Nights;

/**
 * Permits on a real PostgreSQL: commits and closes under the epoch of the night, also while another process takes it
 * over.
 */
class PermitCommitIT extends LedgerScene {

    private static long rows(NightLease lease) {
        return PlannedNight.count(
                database,
                "SELECT count(*) FROM census.permit WHERE night = '%s' AND epoch = %d".formatted(night, lease.epoch()));
    }

    private static String signal(long permit) {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT coalesce(signal, 'open') FROM census.permit WHERE permit_id = :permit")
                .param("permit", permit)
                .query(String.class)
                .single();
    }

    @Test
    void permitsAreCommittedUnderTheEpochOfTheProcessThatTookOver() {
        PlannedNight.in(database, night, 20, 5);
        var ledger = open();
        var chosen = ledger.dispatcher().choose(DUSK, DUSK.plus(Dispatcher.LOOKAHEAD), 200);
        var permitted = ledger.commit(chosen);
        assertEquals(
                chosen.stream().map(ChosenCall::call).toList(),
                permitted.stream().map(Ledger.Permitted::call).toList());
        permitted.forEach(one -> assertTrue(one.permit()
                .endpoint()
                .mxHost()
                .ascii()
                .startsWith("mx" + one.permit().endpointId() + ".")));
        assertEquals(chosen.size(), rows(new NightLease(night, 1)));
        assertTrue(permitted.stream()
                .allMatch(one -> one.permit().dialBefore().isAfter(one.permit().startAt())));
    }

    @Test
    void aProcessThatLostTheNightGetsNoPermitAndLeavesNone() {
        PlannedNight.in(database, night, 20, 5);
        var nights = new Nights(database);
        var mine = nights.takeOver(night);
        GrantedPermits.commit(permits, mine, chosen(1, 6));
        nights.takeOver(night);
        var fenced = assertThrows(FencedException.class, () -> GrantedPermits.commit(permits, mine, chosen(6, 11)));
        assertTrue(fenced.getMessage().contains("another process has taken"), fenced::getMessage);
        assertEquals(5, rows(mine));
    }

    /** A real race: one process commits as fast as it can while another takes over, fifty times. */
    @Test
    void noPermitOfAnOlderEpochIsCommittedOnceTheTakeoverHasReturned() {
        PlannedNight.in(database, night, 20, 5);
        var nights = new Nights(database);
        int fencedAmid = 0;
        int next = 1;
        for (int round = 0; round < 50; round++) {
            var old = nights.takeOver(night);
            int first = next;
            var committing = CompletableFuture.supplyAsync(() -> commitUntilFenced(old, first));
            while (rows(old) == 0) Thread.onSpinWait();
            nights.takeOver(night);
            long before = rows(old);
            long committed = committing.join();
            assertEquals(before, rows(old), "round " + round);
            assertEquals(committed, rows(old), "the granted permits are the rows of the ledger");
            if (committed > 0) fencedAmid++;
            next += (int) (committed / 16);
        }
        assertEquals(50, fencedAmid);
    }

    private static long commitUntilFenced(NightLease epoch, int firstAttempt) {
        for (int attempt = firstAttempt; ; attempt++) {
            try {
                GrantedPermits.commit(permits, epoch, chosen(1, 17, attempt));
            } catch (FencedException fenced) {
                return 16L * (attempt - firstAttempt);
            }
        }
    }

    @Test
    void aTakeoverWaitsForARunningCommitAndACommitForARunningTakeover() {
        PlannedNight.in(database, night, 20, 5);
        var nights = new Nights(database);
        var old = nights.takeOver(night);
        var takeover = database.transactions().execute(_ -> {
            GrantedPermits.commit(permits, old, chosen(1, 5));
            var other = CompletableFuture.supplyAsync(() -> nights.takeOver(night));
            awaitLockWait();
            return other;
        });
        var mine = takeover.join();
        assertEquals(4, rows(old), "committed before the takeover was");

        var insert = database.transactions().execute(_ -> {
            nights.takeOver(night);
            var other = CompletableFuture.supplyAsync(() -> GrantedPermits.commit(permits, mine, chosen(5, 9)));
            awaitLockWait();
            return other;
        });
        var refused = assertThrows(CompletionException.class, insert::join);
        assertEquals(FencedException.class, refused.getCause().getClass());
        assertEquals(0, rows(mine));
    }

    private static void awaitLockWait() {
        var end = System.nanoTime() + 20_000_000_000L;
        while (PlannedNight.count(database, "SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
            if (System.nanoTime() > end) throw new AssertionError("no session waits for a lock");
        }
    }

    @Test
    void aPermitClosesOnce() {
        PlannedNight.in(database, night, 3, 5);
        var ids = committed(new Nights(database).takeOver(night), chosen(1, 4));
        permits.close(night, List.of(called(ids.get(1L), 1, 2, "ok")), at(3));
        permits.close(
                night, List.of(called(ids.get(1L), 5, 6, "rate_limited"), called(ids.get(2L), 5, 6, "other")), at(7));
        permits.abandon(night, List.copyOf(ids.values()), at(8));
        permits.close(night, List.of(called(ids.get(3L), 9, 10, "ok")), at(11));
        assertEquals("ok", signal(ids.get(1L)));
        assertEquals("other", signal(ids.get(2L)));
        assertEquals("ok", signal(ids.get(3L)), "its process was only suspended");
    }

    /** The process that took over counts it as used. Otherwise both would count the endpoint as called, or neither. */
    @Test
    void aProcessThatLostTheNightCannotReleaseAPermit() {
        PlannedNight.in(database, night, 3, 5);
        var nights = new Nights(database);
        var ids = committed(nights.takeOver(night), chosen(1, 4));
        permits.close(night, List.of(StoredCalls.unused(ids.get(1L))), at(1));
        nights.takeOver(night);
        permits.abandon(night, List.of(ids.get(2L)), at(2));
        permits.close(night, List.of(StoredCalls.unused(ids.get(2L)), StoredCalls.unused(ids.get(3L))), at(3));
        assertEquals(
                List.of("not_dialled", "abandoned", "open"),
                LongStream.range(1, 4).mapToObj(id -> signal(ids.get(id))).toList());
    }
}
