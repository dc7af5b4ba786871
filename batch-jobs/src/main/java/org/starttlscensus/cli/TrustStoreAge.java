package org.starttlscensus.cli;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.starttlscensus.verdict.TrustStore;

/** Roots that are too old give wrong verdicts without a sign, so whoever runs the census must be told. */
final class TrustStoreAge {

    private TrustStoreAge() {}

    /** Empty while the roots are current, and for an operator's own roots whose name has no date. */
    static Optional<String> warning(String trustStore, LocalDate today) {
        return TrustStore.dateIn(trustStore)
                .map(date -> ChronoUnit.DAYS.between(date, today))
                .filter(days -> days > TrustStore.MOST_DAYS)
                .map(days -> """
                        WARNING: the roots by which certificate chains are judged (%s) are %,d days old, more than %d. \
                        Roots that came since are "untrusted_root", and roots that were removed are still trusted. \
                        Bring newer ones: census trust-store update FILE\
                        """.formatted(Printable.line(trustStore), days, TrustStore.MOST_DAYS));
    }
}
