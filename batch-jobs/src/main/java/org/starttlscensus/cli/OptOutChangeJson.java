package org.starttlscensus.cli;

import java.util.List;
import java.util.Map;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.publish.Takedown.RewrittenNight;
import org.starttlscensus.store.OptOuts;

/** {@code census opt-out add --json} and {@code remove}. */
record OptOutChangeJson(
        String subject,
        boolean leftOut,
        long domains,
        long mailHosts,
        long servers,
        List<RewrittenNightJson> rewrittenNights) {

    static OptOutChangeJson of(
            OptOutSubject subject, boolean leftOut, OptOuts.KnownOf known, List<RewrittenNight> rewritten) {
        return new OptOutChangeJson(
                subject.toString(),
                leftOut,
                known.domains(),
                known.hosts(),
                known.servers(),
                rewritten.stream()
                        .map(night -> new RewrittenNightJson(night.night(), night.rows(), night.cells()))
                        .toList());
    }

    /** A night that was published again. */
    record RewrittenNightJson(String night, Map<String, Long> rows, long cells) {}
}
