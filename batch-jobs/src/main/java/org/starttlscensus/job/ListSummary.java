package org.starttlscensus.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.starttlscensus.lists.RejectedLines;
import org.starttlscensus.store.ListEdition;
import org.starttlscensus.store.Lists;

/** Says of each list of a night what became of its lines, and writes the rejected ones to a file. */
final class ListSummary {

    private final Lists lists;
    private final NightRequest request;
    private final Progress progress;

    ListSummary(Lists lists, NightRequest request, Progress progress) {
        this.lists = lists;
        this.request = request;
        this.progress = progress;
    }

    void say() {
        lists.pinned(request.night()).forEach(this::say);
    }

    private void say(ListEdition edition) {
        progress.say("%s: %s".formatted(edition.file(), edition.words()));
        if (edition.rejected() > 0) write(edition);
    }

    private void write(ListEdition edition) {
        var target = RefusedListLines.fileOf(request.rejectedLines(), edition.listId());
        try (var file = RejectedLines.of(edition.file(), target)) {
            lists.rejected(edition.id(), line -> file.add(line.number(), line.reason(), line.excerpt()));
            file.finish();
            progress.say("%s: its rejected lines, with the reason of each: %s".formatted(edition.file(), target));
        } catch (IOException | UncheckedIOException e) {
            progress.say(RefusedListLines.notWritten(target, e));
        }
    }
}
