package org.starttlscensus.lists;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many of a list's data lines may hold no domain before the whole list is refused.
 *
 * <p>The rule is the same for lists of every size: one bad line among ten is ten percent.
 *
 * @param percent 0 to 100; that share itself is still allowed
 */
public record ListTolerance(BigDecimal percent) {

    /** What an operator gets who says nothing. */
    public static final ListTolerance ORDINARY = new ListTolerance(BigDecimal.ONE);

    public ListTolerance {
        if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) throw unusable(percent.toString());
        percent = percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros();
    }

    /** Reads {@code 5} or {@code 0.5}. */
    public static ListTolerance ofPercent(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,9})?")) throw unusable(text);
        return new ListTolerance(new BigDecimal(text));
    }

    boolean allows(ListCount count) {
        return BigDecimal.valueOf(count.rejected())
                        .multiply(BigDecimal.valueOf(100))
                        .compareTo(percent.multiply(BigDecimal.valueOf(count.dataLines())))
                <= 0;
    }

    /** The least whole percentage that would have allowed this. */
    static int leastFor(ListCount count) {
        return BigDecimal.valueOf(count.rejected())
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(count.dataLines()), 0, RoundingMode.UP)
                .intValueExact();
    }

    private static IllegalArgumentException unusable(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no tolerance: allowed is a percentage from 0 to 100, such as 5 or 0.5");
    }

    @Override
    public String toString() {
        return percent.toPlainString() + " %";
    }
}
