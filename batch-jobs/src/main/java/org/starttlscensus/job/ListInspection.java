package org.starttlscensus.job;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.starttlscensus.lists.DomainList;
import org.starttlscensus.lists.ListLine;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.lists.PinnedList;

/** Reads the lists of a night as the night does, and stores nothing. */
public final class ListInspection {

    private ListInspection() {}

    /**
     * So that a list which is refused is refused before anything is made for its night.
     *
     * @param rejectedLines the folder for the lines that name no mail domain, of a list that is refused
     * @throws RefusedNightException                             if there is no list, or two have one name
     * @throws org.starttlscensus.lists.MalformedListException if one of them cannot be used
     */
    public static void require(
            List<RequestedList> lists, ListTolerance tolerance, Path rejectedLines, Progress progress) {
        pinned(lists).forEach((list, file) -> {
            try (var rejected = new RefusedListLines(list, rejectedLines, progress)) {
                DomainList.read(file, tolerance, line -> {
                    switch (line) {
                        case ListLine.Listed _ -> {}
                        case ListLine.Rejected(var number, var reason, var excerpt) ->
                            rejected.add(number, reason.label(), excerpt);
                    }
                });
                rejected.areStored();
            }
        });
    }

    /**
     * Only so much of it as takes no time: that the files are there and can be read, and have names of their own.
     *
     * @throws RefusedNightException                             if two have one name
     * @throws org.starttlscensus.lists.MalformedListException if one of them cannot be read
     */
    public static void requireReadable(List<RequestedList> lists) {
        if (!lists.isEmpty()) pinned(lists);
    }

    /** Each list with the bytes that count from now on. */
    static Map<RequestedList, PinnedList> pinned(List<RequestedList> lists) {
        if (lists.isEmpty()) {
            throw new RefusedNightException("""
                    no list of domains was given. No server was called.
                    Give one with --list FILE (one domain per line, rank,domain as Tranco publishes it, or columns \
                    under a header; also .gz and .zip; - for standard input), or set census.lists.""");
        }
        Map<RequestedList, PinnedList> pinned = new LinkedHashMap<>();
        Map<String, RequestedList> named = new HashMap<>();
        for (var list : lists) {
            pinned.put(list, DomainList.pin(list.file()));
            var other = named.putIfAbsent(list.id(), list);
            if (other != null) throw sameName(list, other);
        }
        return pinned;
    }

    private static RefusedNightException sameName(RequestedList list, RequestedList other) {
        return new RefusedNightException("""
                %s and %s would both be called "%s" in the results, where a date in a name does not count. No server \
                was called. Rename one of them.""".formatted(other.name(), list.name(), list.id()));
    }
}
