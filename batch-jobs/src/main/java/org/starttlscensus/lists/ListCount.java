package org.starttlscensus.lists;

/**
 * What became of the lines of one list.
 *
 * @param lines       all of them
 * @param accepted    those that held a domain
 * @param rejected    those that should have, and did not
 * @param withoutData blank lines, comments, and the header
 */
public record ListCount(long lines, long accepted, long rejected, long withoutData) {

    public ListCount {
        if (lines != accepted + rejected + withoutData || accepted < 0 || rejected < 0 || withoutData < 0) {
            throw new IllegalArgumentException("%d lines are not %d accepted, %d rejected and %d without data"
                    .formatted(lines, accepted, rejected, withoutData));
        }
    }

    /** The lines that the tolerance is measured against. */
    public long dataLines() {
        return accepted + rejected;
    }
}
