package org.starttlscensus.job;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
        if (request.lists().isEmpty()) {
            throw new RefusedNightException("""
                    night %s: no list of domains was given. No server was called.
                    Give one with --list FILE (one domain per line, rank,domain as Tranco publishes it, or columns \
                    under a header; also .gz and .zip), or set census.lists.""".formatted(request.night()));
        }
        var pinned = new ArrayList<PinnedList>();
        Map<String, Path> named = new HashMap<>();
        for (var file : request.lists()) {
            var other = named.putIfAbsent(ListStep.listId(file), file);
            if (other != null) throw sameName(file, other);
            pinned.add(DomainList.pin(file));
        }
        lists.pin(request.night(), pinned.stream().map(this::edition).toList());
        progress.at(linesRead, linesRead);
    }

    private long edition(PinnedList file) {
        var id = ListStep.listId(file.file());
        var sha256 = Octets.of(HexFormat.of().parseHex(file.sha256Hex()));
        // Asked before the copy begins, because a connection that copies can do nothing else.
        var last = lists.lastUsed(id, request.night());
        var known = lists.edition(id, sha256);
        if (known.isPresent()) {
            compare(file, lists.size(known.get()), last);
            return known.get();
        }
        return lists.load(
                new Lists.File(id, file.file().toString(), sha256, file.bytes()),
                rows -> {
                    var counts = copy(file, rows);
                    var size = new Lists.EditionSize(counts.lines(), OptionalLong.of(counts.textBytes()));
                    // Within the transaction, so that nothing of a list that is refused is stored.
                    compare(file, size, last);
                    return counts;
                },
                clock.instant());
    }

    private void compare(PinnedList file, Lists.EditionSize size, Optional<Lists.UsedEdition> last) {
        if (last.isEmpty()) return;
        var shrinkage = ListShrinkage.of(file.file(), ListStep.listId(file.file()), size, last.get());
        if (shrinkage.isRefused() && !request.tolerance().acceptsShorter()) throw shrinkage.refusal();
        if (shrinkage.isWorthAWarning()) progress.say(shrinkage.warning());
    }

    private Lists.LineCounts copy(PinnedList file, CopyWriter rows) {
        var list = DomainList.read(file, request.tolerance(), read -> {
            switch (read) {
                case ListLine.Listed(var _, var domain, var rank) -> rows.listed(domain, rank);
                case ListLine.Rejected(var number, var reason, var excerpt) ->
                    rows.rejected(number, reason.label(), excerpt);
            }
            if (++linesRead % 10_000 == 0) progress.at(linesRead, 0);
        });
        if (list.hasCutLastLine()) {
            progress.say("""
                    %s: its last line has no line end, so it may be cut off and is not used. If the file is whole, end \
                    it with a line feed. Else download it again.""".formatted(file.file()));
        }
        var count = list.count();
        return new Lists.LineCounts(
                count.lines(), count.accepted(), count.rejected(), count.withoutData(), list.textOctets());
    }

    private static RefusedNightException sameName(Path file, Path other) {
        return new RefusedNightException("""
                %s and %s would both be called "%s" in the results. No server was called. Rename one of them.\
                """.formatted(other, file, ListStep.listId(file)));
    }
}
