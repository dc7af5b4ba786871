package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.lists.DomainList;
import org.starttlscensus.lists.ListLine;
import org.starttlscensus.lists.PinnedList;
import org.starttlscensus.store.CopyWriter;
import org.starttlscensus.store.Lists;

/** Reads the list files of a night into the database, and pins the night to them. */
final class ListLoader {

    private final Lists lists;
    private final NightRequest request;
    private final Progress progress;
    private final InstantSource clock;
    private long linesRead;

    ListLoader(Lists lists, NightRequest request, Progress progress, InstantSource clock) {
        this.lists = lists;
        this.request = request;
        this.progress = progress;
        this.clock = clock;
    }

    /** Checks every file before any is stored, so that a bad one refuses the night before anything has happened. */
    void load() {
        var pins = new ArrayList<Lists.Pin>();
        ListInspection.pinned(request.lists().lists()).forEach((list, file) -> pins.add(pin(list, file)));
        lists.pinAll(request.night(), pins);
        progress.at(linesRead, linesRead);
        new ListSummary(lists, request, progress).say();
    }

    private Lists.Pin pin(RequestedList list, PinnedList file) {
        var id = list.id();
        var sha256 = Octets.of(HexFormat.of().parseHex(file.sha256Hex()));
        // Asked before the copy begins, because a connection that copies can do nothing else.
        var earlier = lists.recentlyUsed(id, request.night());
        var known = lists.edition(id, sha256);
        if (known.isPresent()) {
            return new Lists.Pin(known.get(), isAcceptedShorter(list, lists.size(known.get()), earlier));
        }
        var isAcceptedShorter = new boolean[1];
        var edition = lists.load(
                new Lists.File(id, list.name(), sha256, file.bytes()),
                rows -> {
                    var counts = copy(list, file, rows);
                    var size = new Lists.EditionSize(counts.lines(), counts.textBytes());
                    // Within the transaction, so that nothing of a list that is refused is stored.
                    isAcceptedShorter[0] = isAcceptedShorter(list, size, earlier);
                    return counts;
                },
                clock.instant());
        return new Lists.Pin(edition, isAcceptedShorter[0]);
    }

    /** @throws RefusedNightException if the list is much shorter than before, and the operator did not accept that */
    private boolean isAcceptedShorter(RequestedList list, Lists.EditionSize size, List<Lists.UsedEdition> earlier) {
        if (earlier.isEmpty()) return false;
        var shrinkage = ListShrinkage.of(list.name(), list.id(), size, earlier);
        if (shrinkage.isRefused() && !request.tolerance().acceptsShorter()) throw shrinkage.refusal();
        if (shrinkage.isWorthAWarning()) progress.say(shrinkage.warning());
        return shrinkage.isRefused();
    }

    private Lists.LineCounts copy(RequestedList list, PinnedList file, CopyWriter rows) {
        try (var rejected = new RefusedListLines(list, request.rejectedLines(), progress)) {
            var read = DomainList.read(file, request.tolerance(), line -> {
                switch (line) {
                    case ListLine.Listed(var _, var domain, var rank) -> rows.listed(domain, rank);
                    case ListLine.Rejected(var number, var reason, var excerpt) -> {
                        rows.rejected(number, reason.label(), excerpt);
                        rejected.add(number, reason.label(), excerpt);
                    }
                }
                if (++linesRead % 10_000 == 0) progress.at(linesRead, 0);
            });
            rejected.areStored();
            if (read.hasCutLastLine()) {
                progress.say("""
                        %s: its last line has no line end, so it may be cut off and is not used. If the file is whole, \
                        end it with a line feed. Else download it again.""".formatted(list.name()));
            }
            var count = read.count();
            return new Lists.LineCounts(
                    count.lines(), count.accepted(), count.rejected(), count.withoutData(), read.textOctets());
        }
    }
}
