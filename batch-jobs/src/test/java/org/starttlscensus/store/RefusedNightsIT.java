package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;

/**
 * Runs that were refused before they had lists leave nights behind. A {@code census check} on the day after them still
 * writes to the last night that has lists, and the next night must find its calls there.
 */
class RefusedNightsIT {

    private static final CensusNight MEASURED = CensusNight.of("2030-01-01");
    private static final CensusNight TONIGHT = CensusNight.of("2030-01-09");
    private static final Instant CHECKED = Instant.parse("2030-01-09T15:00:00Z");
    private static final Instant DUSK = Instant.parse("2030-01-09T22:30:00Z");

    @TempDir
    private Path directory;

    private Database database;

    @BeforeEach
    void twoRefusedNightsAfterOneThatWasMeasured() {
        database = EmptyDatabase.in(directory);
        PlannedNight.in(database, MEASURED, 2, 2);
        ListedNights.pin(database, MEASURED);
        for (var refused : List.of("2030-01-07", "2030-01-08"))
            open(CensusNight.of(refused), Instant.parse(refused + "T22:00:00Z"));
        assertEquals(MEASURED, new Nights(database).latest().orElseThrow().night());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void open(CensusNight night, Instant at) {
        new MonthlyTables(database).open(night);
        new Nights(database).open(night, "test", "test", at);
    }

    private long permit() {
        var chosen = new Permits.Chosen(1, 1, false, ProbeKind.STANDARD, CHECKED, CHECKED.plusSeconds(10));
        return GrantedPermits.commit(new Permits(database), new Nights(database).takeOver(MEASURED), List.of(chosen))
                .get(1L)
                .permitId();
    }

    private void isRefused() {
        new Permits(database)
                .close(
                        MEASURED,
                        List.of(new Permits.Used(
                                permit(),
                                Optional.of(CHECKED),
                                Optional.of(CHECKED.plusSeconds(1)),
                                new PermitSignal.Classified(ReplyClass.BLOCKED_REPUTATION),
                                Optional.of("test"),
                                Optional.of(new Feedback(
                                        Signal.BLOCKED, RefusalTarget.US, Optional.of(Duration.ofDays(14)))),
                                Optional.empty(),
                                Optional.of("try again in 14 days"))),
                        CHECKED.plusSeconds(1));
    }

    @Test
    void aBlockThatACheckMetStillCounts() {
        isRefused();
        open(TONIGHT, DUSK);
        var earlier = new ArrayList<EarlierCall>();
        new LedgerEntries(database).before(TONIGHT, Duration.ofHours(8), Duration.ofMinutes(10), earlier::add);
        assertEquals(1, earlier.size());
    }

    @Test
    void aWaitThatACheckWasAskedForStillStands() {
        isRefused();
        var later = CensusNight.of("2030-01-23");
        open(later, CHECKED.plus(Duration.ofDays(14)).minusSeconds(3_600));
        assertEquals(
                List.of(MEASURED),
                StandingWaits.atOpening(database, later, 1).all().stream()
                        .map(StandingWait::night)
                        .toList());
    }

    @Test
    void aCallOfAKilledCheckIsAbandoned() {
        var open = permit();
        open(TONIGHT, DUSK);
        database.jdbc()
                .sql(Sql.named("permit/abandon"))
                .param("night", TONIGHT.date())
                .param("permit_ids", new long[] {open})
                .param("now", Times.of(DUSK))
                .update();
        assertEquals(1, PlannedNight.count(database, "SELECT count(*) FROM census.abandoned_call"));
    }
}
