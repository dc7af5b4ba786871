package org.starttlscensus.job;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.starttlscensus.publish.Takedown;
import org.starttlscensus.publish.Takedown.RewrittenNight;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.OptOuts;

/** Takes those who opted out since out of the nights that were published in a folder. The caller holds the run lock. */
public final class Takedowns {

    private Takedowns() {}

    /**
     * Does nothing if nobody opted out since the last time. Killed in between, the next call does the rest.
     *
     * @param nights the folder of all nights
     */
    public static List<RewrittenNight> run(Database database, Path nights, Instant now) {
        var optOuts = new OptOuts(database);
        var folder = nights.toAbsolutePath().normalize();
        var since = optOuts.toTakeDown(folder.toString());
        if (since.isEmpty()) return List.of();
        var register = CurrentOptOuts.read(optOuts);
        var rewritten =
                new Takedown(folder, new OptedOutRows(register), LocalDate.ofInstant(now, ZoneOffset.UTC)).run();
        optOuts.takenDown(since, folder.toString(), now);
        return rewritten;
    }

    /** Such a night in words. */
    public static String words(RewrittenNight night) {
        return "night %s was published again without %,d rows of those who opted out"
                .formatted(
                        night.night(),
                        night.rows().values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
    }
}
