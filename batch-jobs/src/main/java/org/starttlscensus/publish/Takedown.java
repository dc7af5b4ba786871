package org.starttlscensus.publish;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.starttlscensus.publish.TakedownResult.RewrittenNight;
import org.starttlscensus.publish.TakedownResult.SkippedFolder;

/**
 * Takes rows out of nights that were published already. Each set is written anew without them, and put in the place
 * of the old one in one step; the old one is deleted, because it has the rows. Sets that were kept beside are treated
 * alike. A set without such a row stays as it is. A line in {@link ChangeLog} says which night was changed and how
 * much, before it is: who is killed in between starts again, and finds the rest.
 *
 * <p>What cannot be read or written stays as it is, is reported, and keeps no other set from being treated.
 *
 * <p>One publisher at a time: the run lock guarantees that.
 */
public final class Takedown {

    private final Path nights;
    private final RowFilter filter;
    private final LocalDate today;

    /** @param nights the folder of all published nights */
    public Takedown(Path nights, RowFilter filter, LocalDate today) {
        this.nights = nights;
        this.filter = filter;
        this.today = today;
    }

    /** Treats all sets. If the folder of all nights is none, that is what was skipped. */
    public TakedownResult run() {
        var published = new PublishedNights(nights);
        var rewritten = new ArrayList<RewrittenNight>();
        var skipped = new ArrayList<SkippedFolder>();
        if (!Files.isDirectory(nights)) {
            skipped.add(new SkippedFolder(nights, "there is no such folder"));
            return new TakedownResult(rewritten, skipped);
        }
        try {
            published.recover();
            var sets = published.sets();
            skipped.addAll(sets.skipped());
            for (var set : sets.whole()) treat(published, set, rewritten, skipped);
        } catch (IOException e) {
            skipped.add(new SkippedFolder(nights, PublishException.reason(e)));
        }
        return new TakedownResult(rewritten, skipped);
    }

    private void treat(
            PublishedNights published, Path set, List<RewrittenNight> rewritten, List<SkippedFolder> skipped) {
        try {
            var removed = count(set);
            if (removed.isNothing()) return;
            rewrite(published, set, removed);
            if (PublishedNights.isPublished(set)) {
                rewritten.add(new RewrittenNight(set.getFileName().toString(), removed.rows, removed.cells));
            }
        } catch (IOException e) {
            skipped.add(new SkippedFolder(set, PublishException.reason(e)));
        } catch (UncheckedIOException e) {
            skipped.add(new SkippedFolder(set, PublishException.reason(Objects.requireNonNull(e.getCause()))));
        } catch (IllegalArgumentException | CsvParseException e) { // a file that somebody has edited
            skipped.add(new SkippedFolder(set, "a file is not as it was written: " + e.getMessage()));
        }
    }

    private Removed count(Path set) throws IOException {
        var removed = new Removed();
        for (var file : files(set)) {
            var header = CsvRows.header(file);
            var name = file.getFileName().toString();
            CsvRows.each(file, row -> {
                var kept = filter.of(name, header, row);
                if (kept.isEmpty()) removed.rows.merge(name, 1L, Long::sum);
                else if (!kept.get().equals(row)) removed.cells++;
            });
        }
        return removed;
    }

    private void rewrite(PublishedNights published, Path set, Removed removed) throws IOException {
        if (!DatasetWriter.canBeMoved(set)) {
            throw new IOException(
                    "it cannot be exchanged: its parent folder cannot be written, or it is a mount point");
        }
        var files = new ArrayList<DatasetFile>();
        for (var file : files(set)) {
            var header = CsvRows.header(file);
            var name = file.getFileName().toString();
            files.add(new DatasetFile(
                    name,
                    header,
                    row -> CsvRows.each(
                            file, found -> filter.of(name, header, found).ifPresent(row))));
        }
        try (var staged = StagedSet.write(PublishedNights.stagingOf(set), files)) {
            if (PublishedNights.isPublished(set)) {
                new ChangeLog(nights)
                        .add(today, set.getFileName().toString(), removed.words(), Manifest.digest(staged.folder()));
            }
            published.replace(set, staged);
        }
    }

    private static List<Path> files(Path set) throws IOException {
        try (var files = Files.list(set)) {
            return files.filter(file -> !file.getFileName().toString().equals(Manifest.NAME))
                    .sorted()
                    .toList();
        }
    }

    /** What leaves a set. */
    private static final class Removed {

        private final Map<String, Long> rows = new LinkedHashMap<>();
        private long cells;

        boolean isNothing() {
            return rows.isEmpty() && cells == 0;
        }

        String words() {
            var left = rows.entrySet().stream()
                    .map(file -> "%,d of %s".formatted(file.getValue(), file.getKey()))
                    .collect(Collectors.joining(", "));
            var parts = new ArrayList<String>();
            if (!left.isEmpty()) parts.add("rows left out: " + left);
            if (cells > 0) parts.add("rows with a name emptied: %,d".formatted(cells));
            return String.join("; ", parts) + "; at the wish of those concerned";
        }
    }
}
