package org.starttlscensus.lists;

/**
 * The numbers of lines in one list.
 *
 * @param lines       all of them
 * @param accepted    data lines with a domain
 * @param rejected    data lines without a valid domain
 * @param withoutData blank lines, comments and the header
 */
public record ListCount(long lines, long accepted, long rejected, long withoutData) {

    public ListCount {
        if (lines != accepted + rejected + withoutData || accepted < 0 || rejected < 0 || withoutData < 0) {
            throw new IllegalArgumentException("%d lines are not %d accepted, %d rejected and %d without data"
                    .formatted(lines, accepted, rejected, withoutData));
        }
    }

    /** The total to which the tolerance applies. */
    public long dataLines() {
        return accepted + rejected;
    }
}
