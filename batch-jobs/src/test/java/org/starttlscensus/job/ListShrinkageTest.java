package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Lists.EditionSize;
import org.starttlscensus.store.Lists.UsedEdition;

class ListShrinkageTest {

    private static ListShrinkage shrinkage(EditionSize before, EditionSize now) {
        var last = new UsedEdition(CensusNight.of("2030-01-01"), "old/panel.csv", before);
        return ListShrinkage.of("panel.csv", "panel", now, List.of(last));
    }

    private static EditionSize size(long lines, long textBytes) {
        return new EditionSize(lines, textBytes);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 10000, 0",
        "1001, 10001, 0",
        "991, 9901, 0",
        "901, 9001, 9",
        "900, 10000, 10",
        "1000, 9000, 10",
        "2000, 9000, 10",
        "501, 5001, 49",
        "500, 10000, 50",
        "1000, 5000, 50",
        "1, 10, 99",
        "0, 0, 100"
    })
    void isTheGreaterOfLinesAndBytes(long lines, long bytes, int percent) {
        var shrinkage = shrinkage(size(1_000, 10_000), size(lines, bytes));
        assertEquals(percent, shrinkage.percent());
        assertEquals(percent >= 10, shrinkage.isWorthAWarning());
        assertEquals(percent >= 50, shrinkage.isRefused());
    }

    /** The largest in lines need not be the largest in bytes. */
    @Test
    void isTheGreatestAgainstAnyEarlierEdition() {
        var earlier = List.of(
                new UsedEdition(CensusNight.of("2030-01-03"), "third.csv", size(550, 5_500)),
                new UsedEdition(CensusNight.of("2030-01-02"), "second.csv", size(1_000, 4_000)),
                new UsedEdition(CensusNight.of("2030-01-01"), "first.csv", size(400, 10_000)));
        assertEquals(
                45, ListShrinkage.of("l.csv", "l", size(550, 5_500), earlier).percent());
        var cut = ListShrinkage.of("l.csv", "l", size(550, 3_000), earlier);
        assertEquals(70, cut.percent());
        assertTrue(cut.refusal().getMessage().contains("which night 2030-01-01 read from first.csv"));
    }

    @Test
    void ofAnEmptyListNothingIsMissing() {
        assertEquals(0, shrinkage(size(0, 0), size(0, 0)).percent());
    }

    @Test
    void saysWhatWasSeenAndExpectedAndWhatToDo() {
        assertEquals(
                "panel.csv: 400 lines, 5,300 bytes of text, but the edition of the list \"panel\" which night "
                        + "2030-01-01 read from old/panel.csv had 1,000 lines, 13,000 bytes of text: 60 % are "
                        + "missing; expected less than 50 %. No domain was looked up or called, and the night has not "
                        + "begun. Download it again and compare it with its published SHA-256. If the list has really "
                        + "become that short: --accept-shorter-list",
                shrinkage(size(1_000, 13_000), size(400, 5_300)).refusal().getMessage());
    }
}
