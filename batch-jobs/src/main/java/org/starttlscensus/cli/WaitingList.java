package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Clock;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.StandingWait;
import org.starttlscensus.store.StandingWaits;

/** Who asked us to stay away for longer than a night, for {@code census status}. */
record WaitingList(Database database, double timeScale) {

    private static final int MOST = 10;

    /** @param more what the next command needs to use the same database */
    void print(PrintWriter out, String more) {
        var waits = StandingWaits.at(database, Clock.systemUTC().instant(), timeScale)
                .all();
        waits.stream()
                .limit(MOST)
                .forEach(wait -> out.printf("Left out: %s %s%n", who(wait), SkipWords.withNight(wait)));
        if (waits.size() > MOST)
            out.printf("and %,d more that asked us to wait: census provider list%s%n", waits.size() - MOST, more);
    }

    private static String who(StandingWait wait) {
        return wait.isOfProvider()
                ? Printable.line(wait.provider())
                : "%s (%s)".formatted(wait.address(), Printable.line(wait.provider()));
    }
}
