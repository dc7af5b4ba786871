package org.starttlscensus.cli;

import java.time.LocalDate;
import java.util.List;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.Reassessment;

/** {@code census reassess --json}. */
record ReassessmentJson(List<ReassessedStoreJson> trustStores, List<LocalDate> nights, List<SkippedNightJson> skipped) {

    static ReassessmentJson of(Reassessment.ReassessmentResult reassessmentResult) {
        return new ReassessmentJson(
                reassessmentResult.stores().stream()
                        .map(ReassessedStoreJson::of)
                        .toList(),
                reassessmentResult.nights().stream().map(CensusNight::date).toList(),
                reassessmentResult.skipped().stream().map(SkippedNightJson::of).toList());
    }

    /** A night that was left as it is. */
    record SkippedNightJson(LocalDate night, String reason) {

        private static SkippedNightJson of(Reassessment.SkippedNight skipped) {
            return new SkippedNightJson(skipped.night().date(), skipped.reason().label());
        }
    }

    /** What judging by one trust store came to. */
    record ReassessedStoreJson(String name, long chains, long goneOnFrom, long changed) {

        private static ReassessedStoreJson of(Reassessment.TrustStoreResult store) {
            return new ReassessedStoreJson(store.trustStore(), store.chains(), store.resumedAfter(), store.changed());
        }
    }
}
