package org.starttlscensus.job;

import java.util.List;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.store.Lists;

/**
 * How much shorter a list is than the largest of its recent editions, in lines or in bytes of text, whichever is more. A
 * list that was cut short on its way is not tonight's population: every share would be that of its head. With the last
 * edition alone, a list could lose almost half of itself every night.
 *
 * @param percent of the largest edition that is missing, rounded down; 0 if nothing is
 */
record ListShrinkage(int percent, String words) {

    static final int WARNS_FROM = 10;
    static final int REFUSED_FROM = 50;

    /** @param earlier the latest first; at least one */
    static ListShrinkage of(String list, String listId, Lists.EditionSize now, List<Lists.UsedEdition> earlier) {
        return earlier.stream()
                .map(edition -> than(list, listId, now, edition))
                .reduce((one, other) -> other.percent() > one.percent() ? other : one)
                .orElseThrow();
    }

    private static ListShrinkage than(String list, String listId, Lists.EditionSize now, Lists.UsedEdition earlier) {
        var before = earlier.size();
        int lines = missing(now.lines(), before.lines());
        int percent = Math.max(lines, missing(now.textBytes(), before.textBytes()));
        return new ListShrinkage(percent, """
                %s: %s, but the edition of the list "%s" which night %s read from %s had %s: %d %% are missing\
                """.formatted(
                        list, words(now), listId, earlier.night(), earlier.file(), words(before), percent));
    }

    boolean isWorthAWarning() {
        return percent >= WARNS_FROM;
    }

    boolean isRefused() {
        return percent >= REFUSED_FROM;
    }

    String warning() {
        return words + ". If it was not meant to become that short, download it again and compare it with its"
                + " published SHA-256.";
    }

    RefusedNightException refusal() {
        return new RefusedNightException("""
                %s; expected less than %d %%. No domain was looked up or called, and the night has not begun. \
                Download it again and compare it with its published SHA-256. If the list has really become that short: \
                --accept-shorter-list""".formatted(words, REFUSED_FROM));
    }

    private static int missing(long now, long before) {
        return now >= before ? 0 : Math.toIntExact((before - now) * 100 / before);
    }

    private static String words(Lists.EditionSize size) {
        return "%s, %,d bytes of text".formatted(Counted.of(size.lines(), "line"), size.textBytes());
    }
}
