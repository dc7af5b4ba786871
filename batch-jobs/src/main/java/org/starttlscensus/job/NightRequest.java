package org.starttlscensus.job;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lists.ListTolerance;

/**
 * What a run is asked to do.
 *
 * @param lists     the lists of the night's first start; a restart uses the editions pinned then
 * @param out       the folder of the results: this night's own
 * @param tolerance how many bad lines a list may have
 * @param mostCalls at most so many endpoints are called; the others are {@code not_attempted_budget}
 * @param dryRun    everything up to the plan, and nobody is called
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

    /** An earlier night, to be brought to its end. */
    NightRequest of(CensusNight earlier) {
        return new NightRequest(earlier, lists, out, tolerance, OptionalInt.empty(), false);
    }
}
