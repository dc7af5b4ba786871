package org.starttlscensus.job;

import java.nio.file.Path;
import java.util.List;

/**
 * The lists that a run is asked to read.
 *
 * @param isDemanded whether the operator named them for this run: then the night must be that of these lists. Else they
 *                   are those of the settings, for a night that begins; one that has begun goes on with its own.
 */
public record RequestedLists(List<RequestedList> lists, boolean isDemanded) {

    public RequestedLists {
        lists = List.copyOf(lists);
        if (isDemanded && lists.isEmpty()) throw new IllegalArgumentException("no list is demanded");
    }

    /** Those that the operator named for this run; if there is none, those of the settings. */
    public static RequestedLists of(List<RequestedList> named, List<Path> ofSettings) {
        return named.isEmpty() ? ofSettings(ofSettings) : new RequestedLists(named, true);
    }

    static RequestedLists ofSettings(List<Path> files) {
        return new RequestedLists(files.stream().map(RequestedList::of).toList(), false);
    }
}
