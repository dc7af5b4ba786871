package org.starttlscensus.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.Pruning.PrunableMonths;
import org.starttlscensus.store.ContactMonths.ContactMonth;

/** {@code census prune --json}. */
record PruneJson(long keptDays, Optional<LocalDate> keptFrom, boolean dryRun, List<PrunedMonthJson> months) {

    /** Printed only when all of it is done. */
    static PruneJson of(long days, boolean dryRun, PrunableMonths prunable) {
        return new PruneJson(
                days,
                prunable.keepFrom(),
                dryRun,
                Stream.concat(prunable.old().stream(), prunable.staying().stream())
                        .map(month -> PrunedMonthJson.of(month, dryRun))
                        .toList());
    }

    /** A month that is older than what is kept. */
    record PrunedMonthJson(
            String month, long nights, long rows, long bytes, boolean dropped, Optional<LocalDate> unjudgedNight) {

        private static PrunedMonthJson of(ContactMonth month, boolean dryRun) {
            return new PrunedMonthJson(
                    month.month().toString(),
                    month.nights(),
                    month.rows(),
                    month.bytes(),
                    !dryRun && month.unjudged().isEmpty(),
                    month.unjudged().map(CensusNight::date));
        }
    }
}
