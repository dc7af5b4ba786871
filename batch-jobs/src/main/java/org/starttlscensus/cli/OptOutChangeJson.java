package org.starttlscensus.cli;

import java.util.List;
import java.util.Map;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.publish.TakedownResult;
import org.starttlscensus.store.OptOuts;

/** {@code census opt-out add --json} and {@code remove}. */
record OptOutChangeJson(
        String subject,
        boolean leftOut,
        long domains,
        long mailHosts,
        long servers,
        List<RewrittenNightJson> rewrittenNights,
        List<SkippedFolderJson> skippedFolders) {

    static OptOutChangeJson of(OptOutSubject subject, boolean leftOut, OptOuts.KnownOf known, TakedownResult taken) {
        return new OptOutChangeJson(
                subject.toString(),
                leftOut,
                known.domains(),
                known.hosts(),
                known.servers(),
                taken.rewritten().stream()
                        .map(night -> new RewrittenNightJson(night.night(), night.rows(), night.cells()))
                        .toList(),
                taken.skipped().stream()
                        .map(one -> new SkippedFolderJson(one.folder().toString(), one.why()))
                        .toList());
    }

    /** A folder in which rows may be left. */
    record SkippedFolderJson(String folder, String why) {}

    /** A night that was published again. */
    record RewrittenNightJson(String night, Map<String, Long> rows, long cells) {}
}
