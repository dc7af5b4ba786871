package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.fact.ScheduledRetry;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.store.LedgerEntries;
import org.starttlscensus.store.LedgerEntry;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Permits.Chosen;
import org.starttlscensus.store.Permits.Used;

/** The contact ledger on a real PostgreSQL. Each test has a night of its own. */
class LedgerIT {

    private static final Instant DUSK = VirtualNight.DUSK;
    private static final MaxCallDuration WHOLE_CALL = new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7));

    @TempDir
    static Path directory;

    private static Database database;
    private static Permits permits;
    private static CensusNight night = CensusNight.of("2030-01-01");

    @BeforeAll
    static void openDatabase() {
        database = EmptyDatabase.in(directory);
        permits = new Permits(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void nextNight() {
        night = new CensusNight(night.date().plusDays(1));
        PlannedNight.forgetContacts(database);
    }

    private static Ledger open() {
        return Ledger.open(
                database, new Nights(database).takeOver(night), Optional.empty(), Limits.CEILINGS, WHOLE_CALL);
    }

    private static List<Chosen> chosen(long from, long to) {
        return chosen(from, to, 1);
    }

    private static List<Chosen> chosen(long from, long to, int attempt) {
        return LongStream.range(from, to)
                .mapToObj(id -> new Chosen(
                        id, attempt, false, ProbeKind.STANDARD, DUSK.plusSeconds(id), DUSK.plusSeconds(id + 10)))
                .toList();
    }

    private static Used called(long permit, double start, double end, String signal) {
        return new Used(
                permit,
                Optional.of(at(start)),
                Optional.of(at(end)),
                PermitSignal.of(signal),
                Optional.of("rule"),
                Optional.of(Feedback.of(ReplyClass.of(signal))),
                Optional.empty());
    }

    private static Instant at(double seconds) {
        return DUSK.plusMillis(Math.round(1_000 * seconds));
    }

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
    void permitsAreCommittedUnderTheEpochOfWhoeverTookTheNightOver() {
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
    void whoeverLostTheNightGetsNoPermitAndNoneIsLeftBehind() {
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
            assertEquals(committed, rows(old), "what was handed out is what stands in the ledger");
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
    void aTakeoverWaitsForAnInsertUnderWayAndAnInsertForATakeover() {
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
            if (System.nanoTime() > end) throw new AssertionError("nobody waits");
        }
    }

    /** Permit ids by endpoint id. */
    private static Map<Long, Long> committed(NightLease lease, List<Chosen> chosen) {
        return GrantedPermits.commit(permits, lease, chosen).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().permitId()));
    }

    @Test
    void aPermitClosesOnce() {
        PlannedNight.in(database, night, 3, 5);
        var ids = committed(new Nights(database).takeOver(night), chosen(1, 4));
        permits.close(List.of(called(ids.get(1L), 1, 2, "ok")), at(3));
        permits.close(List.of(called(ids.get(1L), 5, 6, "rate_limited"), called(ids.get(2L), 5, 6, "other")), at(7));
        permits.abandon(List.copyOf(ids.values()), at(8));
        permits.close(List.of(called(ids.get(3L), 9, 10, "ok")), at(11));
        assertEquals("ok", signal(ids.get(1L)));
        assertEquals("other", signal(ids.get(2L)));
        assertEquals("ok", signal(ids.get(3L)), "its process was only asleep");
    }

    /** Whoever took over counts it as used: an endpoint that is called once a night would be lost between the two. */
    @Test
    void whoeverLostTheNightCannotSayThatAPermitWasNotUsed() {
        PlannedNight.in(database, night, 3, 5);
        var nights = new Nights(database);
        var ids = committed(nights.takeOver(night), chosen(1, 4));
        permits.close(List.of(unused(ids.get(1L))), at(1));
        nights.takeOver(night);
        permits.abandon(List.of(ids.get(2L)), at(2));
        permits.close(List.of(unused(ids.get(2L)), unused(ids.get(3L))), at(3));
        assertEquals(
                List.of("not_dialled", "abandoned", "open"),
                LongStream.range(1, 4).mapToObj(id -> signal(ids.get(id))).toList());
    }

    private static Used unused(long permit) {
        return new Used(
                permit,
                Optional.empty(),
                Optional.empty(),
                PermitSignal.Unreported.NOT_DIALLED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void permitsComeBackAsTheyWere() {
        PlannedNight.in(database, night, 5, 5);
        var lease = new Nights(database).takeOver(night);
        var ids = committed(
                lease,
                LongStream.range(1, 6)
                        .mapToObj(id -> new Chosen(
                                id,
                                7,
                                id % 2 == 0,
                                id == 4 ? ProbeKind.TRIPLE_DES : ProbeKind.STANDARD,
                                at((double) id),
                                at(id + 10.0)))
                        .toList());
        var scheduledRetry =
                Optional.of(new ScheduledRetry(at(1_801.5), true, ProbeKind.TRIPLE_DES, RetryKind.CONFIRMATION));
        var how = Optional.of(new Feedback(
                Feedback.Signal.GREYLISTED, Feedback.RefusalTarget.US, Optional.of(Duration.ofMinutes(5))));
        permits.close(
                List.of(
                        new Used(
                                ids.get(1L),
                                Optional.of(at(1.25)),
                                Optional.of(at(2.5)),
                                PermitSignal.of("no_starttls"),
                                Optional.of("r"),
                                how,
                                scheduledRetry),
                        unused(ids.get(2L)),
                        new Used(
                                ids.get(5L),
                                Optional.empty(),
                                Optional.of(at(2.75)),
                                PermitSignal.of("other"),
                                Optional.of("r"),
                                Optional.empty(),
                                Optional.empty())),
                at(3));
        permits.abandon(List.of(ids.get(3L)), at(20));
        var expected = List.of(
                new LedgerEntry.Ended(1, 7, at(1), Optional.of(at(1.25)), at(2.5), how, scheduledRetry),
                new LedgerEntry.Ended(5, 7, at(5), Optional.empty(), at(2.75), Optional.empty(), Optional.empty()),
                new LedgerEntry.Unended(
                        ids.get(2L), 2, 7, at(2), at(12), LedgerEntry.Fate.NOT_DIALLED, true, ProbeKind.STANDARD),
                new LedgerEntry.Unended(
                        ids.get(3L), 3, 7, at(3), at(13), LedgerEntry.Fate.ABANDONED, false, ProbeKind.STANDARD),
                new LedgerEntry.Unended(
                        ids.get(4L), 4, 7, at(4), at(14), LedgerEntry.Fate.OPEN, true, ProbeKind.TRIPLE_DES));
        assertEquals(expected, past());
        permits.close(List.of(called(ids.get(3L), 3.5, 4, "greylisted")), at(21));
        assertEquals(
                List.of(new Permits.Report(ids.get(3L), at(3.5), at(4), Feedback.of(ReplyClass.GREYLISTED))),
                permits.reported(List.of(ids.get(3L), ids.get(4L))));
        assertEquals(
                new LedgerEntry.Ended(
                        3,
                        7,
                        at(3),
                        Optional.of(at(3.5)),
                        at(4),
                        Optional.of(Feedback.of(ReplyClass.GREYLISTED)),
                        Optional.empty()),
                past().get(2));
    }

    private static List<LedgerEntry> past() {
        var past = new ArrayList<LedgerEntry>();
        try (var rows = new LedgerEntries(database).ofNight(night)) {
            rows.forEach(past::add);
        }
        return past;
    }

    @Test
    void aReportThatNobodyCanReadWhileTheDatabaseIsAwayIsReadWhenItIsBack() throws Exception {
        PlannedNight.in(database, night, 3, 1);
        var ids = committed(new Nights(database).takeOver(night), chosen(1, 2));
        var ledger = open();
        permits.close(List.of(called(ids.get(1L), 1, 2, "ok")), at(3));
        killServer();
        assertEquals(Map.of(), ledger.lateReports());
        database.await(Duration.ofMinutes(1));
        assertEquals(
                List.of(1L),
                ledger.lateReports().keySet().stream().map(Call::endpointId).toList());
        assertEquals(Map.of(), ledger.lateReports(), "each is told once");
    }

    private static void killServer() throws Exception {
        var server = ProcessHandle.of(Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid"))
                        .getFirst()))
                .orElseThrow();
        server.destroyForcibly();
        server.onExit().get(20, TimeUnit.SECONDS);
    }

    /**
     * Thirteen calls that ended in another order than they were permitted in: one refusal, and after its quarter of an
     * hour ten welcomes in a row.
     */
    @Test
    void aNightIsFoldedInTheOrderInWhichItsCallsEnded() {
        PlannedNight.in(database, night, 30, 100);
        var ids = committed(new Nights(database).takeOver(night), chosen(1, 12));
        permits.close(
                LongStream.range(1, 11)
                        .mapToObj(id -> called(ids.get(id), 1_000.0 + id, 1_000.5 + id, "ok"))
                        .toList(),
                at(1_020));
        permits.close(List.of(called(ids.get(11L), 50, 51, "rate_limited")), at(1_021));
        var ledger = open();
        assertEquals(19, ledger.toCall());
        var next = ledger.dispatcher().choose(at(1_011), at(2_000), 1).getFirst();
        assertEquals(
                at(1_020),
                next.startAt(),
                "ten seconds behind the tenth welcome's start, which came before the gap was halved");
        assertEquals(Map.of(), ledger.dispatcher().notCalled());
    }

    @Test
    void openPermitsOfADeadProcessAreAbandonedWhenTheirCallsMustBeOver() {
        PlannedNight.in(database, night, 3, 1);
        GrantedPermits.commit(permits, new Nights(database).takeOver(night), chosen(1, 3));
        var ledger = open();
        assertEquals(List.of(), ledger.dispatcher().releasedBy(at(1 + 10 + 179)));
        var released = ledger.dispatcher().releasedBy(at(2 + 10 + 180));
        ledger.abandon(released, at(200));
        assertEquals(2, released.size());
        assertEquals(
                2,
                PlannedNight.count(
                        database,
                        "SELECT count(*) FROM census.permit WHERE night = '%s' AND signal = 'abandoned'"
                                .formatted(night)));
        var again = open().dispatcher();
        again.releasedBy(at(12 + 1_800));
        var attempts = again.choose(at(12 + 1_800), at(12 + 1_801), 10).stream()
                .map(one -> one.call().number())
                .sorted()
                .toList();
        assertEquals(1, attempts.size(), "all three share a network, so one at a time");
        assertEquals(2, again.queued());
    }
}
