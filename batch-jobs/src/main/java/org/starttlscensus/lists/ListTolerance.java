package org.starttlscensus.lists;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The share of a list's data lines that may have no domain. Beyond it the whole list is refused.
 *
 * <p>The rule is the same for lists of every size: one malformed line in ten is ten percent.
 *
 * @param percent        0 to 100, inclusive
 * @param acceptsShorter whether a list may be less than half of its last edition
 */
public record ListTolerance(BigDecimal percent, boolean acceptsShorter) {

    /** The default: 1 %. */
    public static final ListTolerance ORDINARY = new ListTolerance(BigDecimal.ONE, false);

    public ListTolerance {
        if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) throw unusable(percent.toString());
        percent = percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros();
    }

    /** Parses {@code 5} or {@code 0.5}. */
    public static ListTolerance ofPercent(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,9})?")) throw unusable(text);
        return new ListTolerance(new BigDecimal(text), false);
    }

    public ListTolerance acceptingShorter() {
        return new ListTolerance(percent, true);
    }

    boolean allows(ListCount count) {
        return BigDecimal.valueOf(count.rejected())
                        .multiply(BigDecimal.valueOf(100))
                        .compareTo(percent.multiply(BigDecimal.valueOf(count.dataLines())))
                <= 0;
    }

    /** The least whole percentage that allows this count. */
    static int leastFor(ListCount count) {
        return BigDecimal.valueOf(count.rejected())
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(count.dataLines()), 0, RoundingMode.UP)
                .intValueExact();
    }

    private static IllegalArgumentException unusable(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not a tolerance: expected a percentage from 0 to 100, such as 5 or 0.5");
    }

    @Override
    public String toString() {
        return percent.toPlainString() + " %";
    }
}
