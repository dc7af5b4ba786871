package org.starttlscensus.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRemoval;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.store.RunRequests.Request;
import org.starttlscensus.store.StepState;

/**
 * How far a night is.
 *
 * @param state     whether a process is at it
 * @param remaining servers that were not called yet; 0 before the plan is made
 * @param left      how long their calls take at the recent pace; it stands still while no call ends
 */
record NightProgress(NightState state, long remaining, Optional<Duration> left, List<String> oddities) {

    /** The labels are printed in JSON. */
    enum NightState {
        COMPLETE("complete", "complete", "complete"),
        RUNNING("running", "under way", "under way"),
        PAUSED("paused", "paused; census resume goes on with it", "paused; census resume --demo goes on with it"),
        NOT_RUNNING(
                "not_running",
                "not complete, and no run is at it; census run goes on with it",
                "not complete, and no run is at it; the next `census demo` runs the next night");

        private final String label;
        private final String words;
        private final String wordsOfDemo;

        NightState(String label, String words, String wordsOfDemo) {
            this.label = label;
            this.words = words;
            this.wordsOfDemo = wordsOfDemo;
        }

        String label() {
            return label;
        }

        String words(boolean isDemo) {
            return isDemo ? wordsOfDemo : words;
        }
    }

    NightProgress {
        oddities = List.copyOf(oddities);
    }

    /** @param isDemo whether it is a night of a demo: each is one day after the last, so many are ahead of their day */
    static NightProgress of(Database database, NightRow row, Clock clock, boolean isDemo) {
        var state = state(database, row);
        var oddities = oddities(database, row, LocalDate.now(clock), isDemo);
        var status = new NightStatus(database);
        var calls = status.steps(row.night()).get(NightStep.CALL);
        if (state == NightState.COMPLETE || calls == StepState.COMPLETED)
            return new NightProgress(state, 0, Optional.empty(), oddities);
        var pace = status.pace(row.night());
        return new NightProgress(state, pace.remaining(), pace.left(), oddities);
    }

    /** In one line: how many servers are still to be called, and how long that takes. Empty if none is. */
    Optional<String> words() {
        if (remaining == 0) return Optional.empty();
        var servers = "%,d %s still to be called".formatted(remaining, remaining == 1 ? "server" : "servers");
        return Optional.of(left.map(duration -> "%s: about %s%s, at the pace of the last calls"
                        .formatted(servers, Durations.of(duration), whenItRuns()))
                .orElse(servers));
    }

    private String whenItRuns() {
        return switch (state) {
            case COMPLETE, RUNNING -> "";
            case PAUSED -> " once it is resumed";
            case NOT_RUNNING -> " once it runs again";
        };
    }

    private static NightState state(Database database, NightRow row) {
        if (row.completedAt().isPresent()) return NightState.COMPLETE;
        if (!database.runLockHolder().equals(Optional.of(RunLock.Holder.RUN))) {
            // A run that has ended since the row was read may have completed it.
            return new Nights(database)
                            .find(row.night())
                            .flatMap(NightRow::completedAt)
                            .isPresent()
                    ? NightState.COMPLETE
                    : NightState.NOT_RUNNING;
        }
        var isPaused = new RunRequests(database)
                .latest(row.night())
                .filter(latest -> latest.request() == Request.PAUSE)
                .isPresent();
        return isPaused ? NightState.PAUSED : NightState.RUNNING;
    }

    private static List<String> oddities(Database database, NightRow row, LocalDate today, boolean isDemo) {
        var oddities = new ArrayList<String>();
        var ahead = ChronoUnit.DAYS.between(today, row.night().date());
        if (ahead > 1 && !isDemo) {
            oddities.add(
                    ("Its date is %,d days ahead of today, %s. Nights go forward, so no night before it can be run "
                                    + "here. %s")
                            .formatted(ahead, today, whatToDo(database, row)));
        }
        var opened = LocalDate.ofInstant(row.openedAt(), ZoneOffset.UTC);
        var late = ChronoUnit.DAYS.between(row.night().date(), opened);
        if (late > 1) {
            oddities.add("It was begun on %s, %,d days after its date.".formatted(opened, late));
        }
        if (row.completedAt().isEmpty() && ahead < -1 && late <= 1) {
            oddities.add(
                    ("Its date is %,d days ago. The next night that is run closes it: it is judged by what it has, "
                                    + "and not published.")
                            .formatted(-ahead));
        }
        return oddities;
    }

    private static String whatToDo(Database database, NightRow row) {
        return row.contactsPrunedAt().isEmpty() && new NightRemoval(database).calls(row.night()) == 0
                ? "No call was made in it. If it is a mistake: census night forget %s".formatted(row.night())
                : "Calls were made in it, so it stays. For other dates, use another database.";
    }
}
