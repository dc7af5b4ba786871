package org.starttlscensus.job;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lists.ListTolerance;

/**
 * What a run is asked to do.
 *
 * @param lists     read at the night's first start; a restart uses the editions pinned then
 * @param out       the folder of this night's results
 * @param tolerance how many bad lines a list may have, and whether it may have become much shorter
 * @param mostCalls the most endpoints to call; the others become {@code not_attempted_budget}
 * @param dryRun    run the steps up to the plan, and call no server
 */
public record NightRequest(
        CensusNight night, List<Path> lists, Path out, ListTolerance tolerance, OptionalInt mostCalls, boolean dryRun) {

    public NightRequest {
        lists = List.copyOf(lists);
        if (mostCalls.isPresent() && mostCalls.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "a limit of %d calls; at least 1 is allowed".formatted(mostCalls.getAsInt()));
        }
    }

    /** The request that closes an earlier night. */
    NightRequest forEarlier(CensusNight earlier) {
        return new NightRequest(earlier, lists, out, tolerance, OptionalInt.empty(), false);
    }
}
