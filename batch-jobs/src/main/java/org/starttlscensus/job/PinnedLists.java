package org.starttlscensus.job;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.lists.DomainList;
import org.starttlscensus.lists.MalformedListException;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.ListEdition;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.NightRemoval;

/** Whether a run names the lists with which its night has begun. */
public final class PinnedLists {

    private final Database database;

    public PinnedLists(Database database) {
        this.database = database;
    }

    /**
     * Nothing is wrong if the night has no lists yet, or if the run demands none.
     *
     * @throws RefusedNightException if the run demands others
     */
    void requireSame(NightRequest request) {
        var pinned = new Lists(database).pinned(request.night());
        if (pinned.isEmpty() || !request.lists().isDemanded()) return;
        if (!isOf(request.lists().lists(), pinned)) throw others(request, pinned);
    }

    /** Whether the night has begun, and with these lists. */
    public boolean isBegunWith(CensusNight night, List<RequestedList> lists) {
        var pinned = new Lists(database).pinned(night);
        return !pinned.isEmpty() && isOf(lists, pinned);
    }

    /** In words: the lists of the settings that a night which has begun does not read. It goes on with its own. */
    List<String> ignored(NightRequest request) {
        var pinned = sha256s(new Lists(database).pinned(request.night()));
        if (pinned.isEmpty() || request.lists().isDemanded()) return List.of();
        return request.lists().lists().stream()
                .filter(list -> !pinned.contains(sha256(list)))
                .map(list ->
                        "night %s has not begun with %s (SHA-256 %s), which is named now; it goes on with its own lists"
                                .formatted(request.night(), list.name(), sha256(list)))
                .toList();
    }

    /** By their bytes: a list that was renamed is the same, and keeps the name of the first start. */
    private static boolean isOf(List<RequestedList> lists, List<ListEdition> pinned) {
        return lists.stream()
                .map(PinnedLists::sha256)
                .collect(Collectors.toSet())
                .equals(sha256s(pinned));
    }

    private RefusedNightException others(NightRequest request, List<ListEdition> pinned) {
        var night = request.night();
        var permits = new NightRemoval(database).calls(night);
        return new RefusedNightException("""
                night %s has begun with other lists than this run names. No server was called by this run.
                %s%s\
                To go on with the night: the same command without --list, or with the lists of the first start.
                %s\
                """.formatted(
                night,
                lines(
                        "  begun with:  ",
                        pinned.stream()
                                .map(edition -> "%s, SHA-256 %s"
                                        .formatted(
                                                edition.file(), edition.sha256().hex()))
                                .toList()),
                lines(
                        "  named now:   ",
                        request.lists().lists().stream()
                                .map(list -> "%s, SHA-256 %s".formatted(list.name(), sha256(list)))
                                .toList()),
                permits == 0
                        ? "No call was made in it. To begin it again with the lists named now: "
                                + "census night forget %s".formatted(night)
                        : "%s permitted in it already, so the lists named now are for the next night."
                                .formatted(Counted.of(permits, "call was", "calls were"))));
    }

    private static String lines(String before, List<String> what) {
        return what.stream().map(one -> before + one + "\n").collect(Collectors.joining());
    }

    private static Set<String> sha256s(List<ListEdition> editions) {
        return editions.stream().map(edition -> edition.sha256().hex()).collect(Collectors.toSet());
    }

    /** Of a file that cannot be read: why not. */
    private static String sha256(RequestedList list) {
        try {
            return DomainList.pin(list.file()).sha256Hex();
        } catch (MalformedListException unreadable) {
            return "unknown, because the file cannot be read";
        }
    }
}
