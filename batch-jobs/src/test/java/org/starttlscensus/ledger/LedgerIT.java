package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.fact.ScheduledRetry;
import org.starttlscensus.store.LedgerEntries;
import org.starttlscensus.store.LedgerEntry;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Permits.Chosen;
import org.starttlscensus.store.Permits.Used;

/** The contact ledger on a real PostgreSQL: reading it back, and replaying it. */
class LedgerIT extends LedgerScene {

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
                night,
                List.of(
                        new Used(
                                ids.get(1L),
                                Optional.of(at(1.25)),
                                Optional.of(at(2.5)),
                                PermitSignal.of("no_starttls"),
                                Optional.of("r"),
                                how,
                                scheduledRetry),
                        StoredCalls.unused(ids.get(2L)),
                        new Used(
                                ids.get(5L),
                                Optional.empty(),
                                Optional.of(at(2.75)),
                                PermitSignal.of("other"),
                                Optional.of("r"),
                                Optional.empty(),
                                Optional.empty())),
                at(3));
        permits.abandon(night, List.of(ids.get(3L)), at(20));
        var expected = List.of(
                new LedgerEntry.Ended(
                        1, 7, at(1), Optional.of(at(1.25)), at(2.5), how, scheduledRetry, Optional.empty()),
                new LedgerEntry.Ended(
                        5, 7, at(5), Optional.empty(), at(2.75), Optional.empty(), Optional.empty(), Optional.empty()),
                new LedgerEntry.Unended(
                        ids.get(2L),
                        2,
                        7,
                        at(2),
                        at(12),
                        LedgerEntry.Fate.NOT_DIALLED,
                        true,
                        ProbeKind.STANDARD,
                        Optional.empty()),
                new LedgerEntry.Unended(
                        ids.get(3L),
                        3,
                        7,
                        at(3),
                        at(13),
                        LedgerEntry.Fate.ABANDONED,
                        false,
                        ProbeKind.STANDARD,
                        Optional.empty()),
                new LedgerEntry.Unended(
                        ids.get(4L),
                        4,
                        7,
                        at(4),
                        at(14),
                        LedgerEntry.Fate.OPEN,
                        true,
                        ProbeKind.TRIPLE_DES,
                        Optional.empty()));
        assertEquals(expected, past());
        permits.close(night, List.of(called(ids.get(3L), 3.5, 4, "greylisted")), at(21));
        assertEquals(
                List.of(new Permits.Report(ids.get(3L), at(3.5), at(4), Feedback.of(ReplyClass.GREYLISTED))),
                permits.reported(night, List.of(ids.get(3L), ids.get(4L))));
        assertEquals(
                new LedgerEntry.Ended(
                        3,
                        7,
                        at(3),
                        Optional.of(at(3.5)),
                        at(4),
                        Optional.of(Feedback.of(ReplyClass.GREYLISTED)),
                        Optional.empty(),
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
    void aLateReportIsReadOnceTheDatabaseIsBack() throws Exception {
        PlannedNight.in(database, night, 3, 1);
        var ids = committed(new Nights(database).takeOver(night), chosen(1, 2));
        var ledger = open();
        permits.close(night, List.of(called(ids.get(1L), 1, 2, "ok")), at(3));
        killServer();
        assertEquals(Map.of(), ledger.lateReports());
        database.await(Duration.ofMinutes(1));
        assertEquals(
                List.of(1L),
                ledger.lateReports().keySet().stream().map(Call::endpointId).toList());
        assertEquals(Map.of(), ledger.lateReports(), "each is returned once");
    }

    private static void killServer() throws Exception {
        var server = ProcessHandle.of(Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid"))
                        .getFirst()))
                .orElseThrow();
        server.destroyForcibly();
        server.onExit().get(20, TimeUnit.SECONDS);
    }

    /**
     * Eleven calls that ended in another order than they were permitted in: one rate limit, and after its quarter of an
     * hour ten completed calls in a row.
     */
    @Test
    void aNightIsReplayedInTheOrderInWhichItsCallsEnded() {
        PlannedNight.in(database, night, 30, 100);
        var ids = committed(new Nights(database).takeOver(night), chosen(1, 12));
        permits.close(
                night,
                LongStream.range(1, 11)
                        .mapToObj(id -> called(ids.get(id), 1_000.0 + id, 1_000.5 + id, "ok"))
                        .toList(),
                at(1_020));
        permits.close(night, List.of(called(ids.get(11L), 50, 51, "rate_limited")), at(1_021));
        var ledger = open();
        assertEquals(19, ledger.toCall());
        var next = ledger.dispatcher().choose(at(1_011), at(2_000), 1).getFirst();
        assertEquals(
                at(1_020),
                next.startAt(),
                "ten seconds after the start of the tenth completed call, which came before the gap was halved");
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
