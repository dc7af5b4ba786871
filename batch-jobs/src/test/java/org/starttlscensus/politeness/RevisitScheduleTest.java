package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisitScheduleTest {

    private static final LocalDate LAST = LocalDate.parse("2030-01-31");

    @ParameterizedTest
    @CsvSource({"0, 1000, 1", "900, 1000, 1", "901, 1000, 2", "1800, 1000, 2", "9001, 1000, 11", "5, 1, 5", "7, 0, 7"})
    void leavesATenthOfAProvidersCallsForSecondLooks(long servers, int perNight, int nights) {
        assertEquals(nights, RevisitSchedule.ofProvider(servers, perNight));
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "200, 1000", "500, 1000", "501, 1002", "64000, 128000", "2147483647, 2147483646"})
    void letsANewSourceCallTwiceWhatItWasWelcomedFor(int mostWelcomed, int calls) {
        assertEquals(calls, RevisitSchedule.ofNewSource(mostWelcomed));
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "0.1, 3", "0, 1"})
    void callsAnImplicitMxOnceAMonthOrScaledInTheLab(double scale, int nights) {
        assertEquals(nights, RevisitSchedule.ofImplicitMx(Limits.CEILINGS.scaled(scale)));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 1", "3, 2", "4, 4", "5, 7", "50, 7"})
    void callsUnreachableServersLessAndLessOften(int nights, int days) {
        assertEquals(LAST.plusDays(days), RevisitSchedule.afterUnreachable(nights, LAST));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "3, 5", "4, 8", "9, 8"})
    void leavesOutMoreAndMoreNightsOfBlockingProviders(int nights, int days) {
        assertEquals(LAST.plusDays(days), RevisitSchedule.afterBlock(nights, LAST));
    }
}
