package org.starttlscensus.job;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lists.ListTolerance;

/**
 * What a run is asked to do.
 *
 * @param lists         read at the night's first start; a restart uses the editions pinned then
 * @param out           the folder of this night's results
 * @param rejectedLines the folder for the lines of the lists that name no mail domain
 * @param tolerance     how many bad lines a list may have, and whether it may have become much shorter
 * @param mostCalls     the most endpoints to call; the others become {@code not_attempted_budget}
 * @param dryRun        run the steps up to the plan, call no server, and bind no night to anything
 */
public record NightRequest(
        CensusNight night,
        RequestedLists lists,
        Path out,
        Path rejectedLines,
        ListTolerance tolerance,
        OptionalInt mostCalls,
        boolean dryRun) {

    public NightRequest {
        if (mostCalls.isPresent() && mostCalls.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "a limit of %d calls; at least 1 is allowed".formatted(mostCalls.getAsInt()));
        }
    }

    /** With the lists of the settings. The rejected lines go beside the results. */
    public NightRequest(
            CensusNight night,
            List<Path> lists,
            Path out,
            ListTolerance tolerance,
            OptionalInt mostCalls,
            boolean dryRun) {
        this(
                night,
                RequestedLists.ofSettings(lists),
                out,
                out.resolveSibling(out.getFileName() + ".rejected"),
                tolerance,
                mostCalls,
                dryRun);
    }

    /** The request that closes an earlier night. */
    NightRequest forEarlier(CensusNight earlier) {
        return new NightRequest(earlier, lists, out, rejectedLines, tolerance, OptionalInt.empty(), false);
    }
}
