package org.starttlscensus.publish;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a takedown did, and what it could not do.
 *
 * @param skipped while there is one, a takedown is not done: rows may still be in it
 */
public record TakedownResult(List<RewrittenNight> rewritten, List<SkippedFolder> skipped) {

    public TakedownResult {
        rewritten = List.copyOf(rewritten);
        skipped = List.copyOf(skipped);
    }

    /** Nobody was to be taken out. */
    public static final TakedownResult NOTHING = new TakedownResult(List.of(), List.of());

    /**
     * A night that was written again.
     *
     * @param rows  how many rows were left out, by file
     * @param cells in how many other rows a cell was emptied
     */
    public record RewrittenNight(String night, Map<String, Long> rows, long cells) {}

    /** A folder that stays as it is. */
    public record SkippedFolder(Path folder, String why) {}
}
