package org.starttlscensus.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.starttlscensus.store.TrendUnit.Answer;

/**
 * The counts and percentages of one row of a trend. Percentages are means over the groups: one group per provider,
 * otherwise a single group.
 *
 * @param isDistribution whether pct is the share among units that show any value
 */
record TrendRow(List<List<TrendUnit>> groups, boolean isAllReachable, boolean isDistribution) {

    String text() {
        Predicate<TrendUnit> yes = unit -> unit.answer() == Answer.YES;
        Predicate<TrendUnit> no = unit -> unit.answer() == Answer.NO;
        Predicate<TrendUnit> unknown = unit -> unit.answer() == Answer.UNKNOWN;
        Predicate<TrendUnit> all = unit -> unit.answer() != Answer.OUT;
        Predicate<TrendUnit> doubtful = unit -> isAllReachable && unit.partial();
        var together = List.of(groups.stream().flatMap(List::stream).toList());
        return String.join(
                " ",
                count(yes),
                count(no),
                count(unknown),
                count(yes.and(TrendUnit::partial)),
                count(no.and(TrendUnit::partial)),
                count(TrendUnit::optedOut),
                mean(groups, yes, isDistribution ? TrendUnit::shows : yes.or(no)),
                mean(groups, yes.and(doubtful.negate()), all),
                mean(groups, yes.or(unknown).or(no.and(doubtful)), all),
                mean(together, yes.or(no), all));
    }

    private String count(Predicate<TrendUnit> counted) {
        return Long.toString(
                groups.stream().flatMap(List::stream).filter(counted).count());
    }

    private static String mean(List<List<TrendUnit>> groups, Predicate<TrendUnit> above, Predicate<TrendUnit> below) {
        var ratios = new ArrayList<BigDecimal>();
        for (var group : groups) ratio(group, above, below).ifPresent(ratios::add);
        return ratios.isEmpty()
                ? "-"
                : ratios.stream()
                        .reduce(BigDecimal::add)
                        .orElseThrow()
                        .divide(BigDecimal.valueOf(ratios.size()), 2, RoundingMode.HALF_UP)
                        .toPlainString();
    }

    private static Optional<BigDecimal> ratio(
            List<TrendUnit> group, Predicate<TrendUnit> above, Predicate<TrendUnit> below) {
        long base = group.stream().filter(below).count();
        long part = group.stream().filter(above).count();
        return base == 0
                ? Optional.empty()
                : Optional.of(
                        BigDecimal.valueOf(100 * part).divide(BigDecimal.valueOf(base), 20, RoundingMode.HALF_UP));
    }
}
