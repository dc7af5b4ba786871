package org.starttlscensus.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.starttlscensus.publish.Takedown;
import org.starttlscensus.publish.TakedownResult;
import org.starttlscensus.publish.TakedownResult.RewrittenNight;
import org.starttlscensus.publish.TakedownResult.SkippedFolder;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.OptOuts;
import org.starttlscensus.store.Publications;

/** Takes those who opted out since out of the nights that were published in a folder. The caller holds the run lock. */
public final class Takedowns {

    private Takedowns() {}

    /**
     * Does nothing if nobody opted out since the last time. Killed in between, the next call does the rest. What had to
     * be skipped is tried again by the next call, so it is not noted as done.
     *
     * @param nights the folder of all nights
     */
    public static TakedownResult run(Database database, Path nights, Instant now) {
        var optOuts = new OptOuts(database);
        var folder = nights.toAbsolutePath().normalize();
        var since = optOuts.toTakeDown(folder.toString());
        if (since.isEmpty()) return TakedownResult.NOTHING;
        var register = CurrentOptOuts.read(optOuts);
        if (!Files.exists(folder) && !new Publications(database).hasAny()) {
            optOuts.takenDown(since, folder.toString(), now); // nothing was ever published
            return TakedownResult.NOTHING;
        }
        var result = new Takedown(folder, new OptedOutRows(register), LocalDate.ofInstant(now, ZoneOffset.UTC)).run();
        if (result.skipped().isEmpty()) optOuts.takenDown(since, folder.toString(), now);
        return result;
    }

    /** Such a folder in words. */
    public static String words(SkippedFolder skipped) {
        return ("%s may still have rows of those who opted out, and was left as it is: %s. Mend that, or move it away. "
                        + "Until then the takedown is not done, and each takedown tries it again")
                .formatted(skipped.folder(), skipped.why());
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
