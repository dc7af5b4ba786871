package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.store.AddressNights.Shown;

/** Calls of {@code census check} by day, in the ledger of a night that was judged: they change nothing of that night. */
@ExtendWith(EmptyDatabaseExtension.class)
class LaterChecksIT {

    private static final String ADDRESS = "192.0.2.1";
    private static final int NOON = 14 * 60;

    private static Database database;

    private AddressNights nights;

    @BeforeEach
    void begin() {
        nights = new AddressNights(database);
    }

    private void oneLookIsJudged(String expected) {
        nights.call("mx.test", ADDRESS, Shown.CLEAN, 0);
        assertEquals(Map.of("mx.test", expected), nights.judge());
    }

    private void confirmedByTheNightBefore() {
        oneLookIsJudged("no_starttls_unconfirmed");
        nights.tomorrow();
        oneLookIsJudged("no_starttls");
    }

    private void assertStays(String expected) {
        assertEquals(Map.of("mx.test", expected), nights.judgeAgain().getLast());
    }

    @ParameterizedTest
    @EnumSource
    void unconfirmNothing(Shown shown) {
        confirmedByTheNightBefore();
        nights.check("other.test", ADDRESS, shown, NOON);
        assertStays("no_starttls");
    }

    @Test
    void unconfirmNothingIfTheirProcessDied() {
        confirmedByTheNightBefore();
        nights.abandon("other.test", ADDRESS, NOON);
        assertStays("no_starttls");
    }

    /** By a name that is in the plan, so that it counts as a look of the night as soon as it is called. */
    @Test
    void confirmNothing() {
        oneLookIsJudged("no_starttls_unconfirmed");
        nights.call("mx.test", ADDRESS, Shown.CLEAN, NOON);
        assertStays("no_starttls_unconfirmed");
    }

    /** Otherwise the tests above would show nothing. */
    @Test
    void countIfTheyCameBeforeTheJudging() {
        oneLookIsJudged("no_starttls_unconfirmed");
        nights.tomorrow();
        nights.check("other.test", ADDRESS, Shown.TIMEOUT, 20);
        oneLookIsJudged("no_starttls_unconfirmed");
    }
}
