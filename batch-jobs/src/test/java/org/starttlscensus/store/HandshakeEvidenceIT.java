package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.starttlscensus.store.AddressNights.Shown;

/** A finished handshake at an address speaks against "no STARTTLS" there, by any name and for some nights. */
@ExtendWith(EmptyDatabaseExtension.class)
class HandshakeEvidenceIT {

    private static final String ONE = "192.0.2.1";
    private static final String NO = "no_starttls";
    private static final String UNCONFIRMED = "no_starttls_unconfirmed";
    private static final String OK = "starttls_ok";

    private static Database database;

    private AddressNights nights;

    @BeforeEach
    void begin() {
        nights = new AddressNights(database);
    }

    private List<String> nightsOf(int count, Shown shown) {
        var seen = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            nights.tomorrow();
            nights.callWithRetry("mx.test", ONE, shown, shown);
            seen.add(nights.judge().get("mx.test"));
        }
        return seen;
    }

    /** Otherwise none of the tests below would show anything. */
    @Test
    void withoutAnyHandshakeTwoLooksAreEnough() {
        assertEquals(List.of(NO, NO), nightsOf(2, Shown.CLEAN));
    }

    @Test
    void twoNamesOnOneAddressAreNeverOneYesAndOneNo() {
        nights.callWithRetry("even.test", ONE, Shown.HANDSHAKE, Shown.HANDSHAKE);
        nights.call("odd.test", ONE, Shown.CLEAN, 5);
        nights.call("odd.test", ONE, Shown.CLEAN, 45);
        assertEquals(Map.of("even.test", OK, "odd.test", UNCONFIRMED), nights.judge());
    }

    /** On-demand calls of the week before are read each night, on which nothing else may have been seen. */
    @Test
    void aCleanCheckOfTheWeekBeforeIsReadAgainAfterLaterLooks() {
        nights.check("asked.test", ONE, Shown.CLEAN, 0);
        nights.judge();
        nights.tomorrow();
        nights.call("mx.test", ONE, Shown.HANDSHAKE, 0);
        nights.judge();
        nights.tomorrow();
        nights.call("mx.test", ONE, Shown.CLEAN, 0);
        nights.judge();
        var known = nights.known();
        nights.tomorrow();
        nights.judge();
        assertEquals(known, nights.known());
    }

    @Test
    void theHandshakeMayAlsoComeLast() {
        nights.call("odd.test", ONE, Shown.CLEAN, 0);
        nights.call("odd.test", ONE, Shown.CLEAN, 40);
        nights.call("even.test", ONE, Shown.HANDSHAKE, 60);
        assertEquals(Map.of("even.test", OK, "odd.test", UNCONFIRMED + " inconsistent"), nights.judge());
    }

    /** Two looks of one address count together, whoever the providers of its names are. */
    @Test
    void twoNamesOfTwoProvidersConfirmEachOther() {
        nights.call("one.test", ONE, Shown.CLEAN, 0);
        nights.call("two.test", ONE, Shown.CLEAN, 40);
        assertEquals(Map.of("one.test", NO, "two.test", NO), nights.judge());
    }

    @Test
    void aTrueLossIsToldWithinTheWeek() {
        assertEquals(List.of(OK, OK, OK, OK, OK), nightsOf(5, Shown.HANDSHAKE));
        assertEquals(List.of(UNCONFIRMED, UNCONFIRMED, UNCONFIRMED, NO, NO, NO, NO, NO, NO), nightsOf(9, Shown.CLEAN));
        assertEquals(List.of(ONE + " 2031-01-08 2031-01-10 lost"), nights.losses());
    }

    /** Nights on which nothing was learned are none of the three. */
    @Test
    void nightsWithoutAnAnswerDoNotCount() {
        nightsOf(5, Shown.HANDSHAKE);
        assertEquals(List.of(UNCONFIRMED, UNCONFIRMED), nightsOf(2, Shown.CLEAN));
        nightsOf(2, Shown.TIMEOUT);
        assertEquals(List.of(UNCONFIRMED, NO), nightsOf(2, Shown.CLEAN));
    }

    @Test
    void anAddressThatWasGivenToAnotherOwnerIsJudgedByItsNewNights() {
        nightsOf(5, Shown.HANDSHAKE);
        nights.later(8);
        nights.callWithRetry("new.test", ONE, Shown.CLEAN, Shown.CLEAN);
        assertEquals(Map.of("new.test", NO), nights.judge());
        assertEquals(List.of(ONE + " - 2031-01-14 lost"), nights.losses(), "it was never only suspected");
    }

    @Test
    void anOwnerWhoComesTheNextDayIsToldWithinTheWeekToo() {
        nightsOf(5, Shown.HANDSHAKE);
        var seen = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            nights.tomorrow();
            nights.callWithRetry("new.test", ONE, Shown.CLEAN, Shown.CLEAN);
            seen.add(nights.judge().get("new.test"));
        }
        assertEquals(List.of(UNCONFIRMED, UNCONFIRMED, UNCONFIRMED, NO), seen);
    }

    @Test
    void aLossIsWithdrawnAtTheNextHandshake() {
        nightsOf(3, Shown.HANDSHAKE);
        nightsOf(1, Shown.CLEAN);
        assertEquals(List.of(), nights.losses(), "one night is no loss");
        nightsOf(1, Shown.CLEAN);
        assertEquals(List.of(ONE + " 2031-01-06 open"), nights.losses());
        nightsOf(1, Shown.HANDSHAKE);
        assertEquals(List.of(ONE + " 2031-01-06 2031-01-07 withdrawn"), nights.losses());
    }

    /** From then on it is an address whose servers differ, or may: thirty nights are needed, for ninety nights. */
    @Test
    void afterAHandshakeThatFollowedACleanLookThirtyNightsAreNeeded() {
        nightsOf(2, Shown.CLEAN);
        nightsOf(1, Shown.HANDSHAKE);
        var seen = nightsOf(31, Shown.CLEAN);
        assertEquals(
                29,
                seen.stream().filter((UNCONFIRMED + " inconsistent")::equals).count());
        assertEquals(List.of(NO + " inconsistent", NO + " inconsistent"), seen.subList(29, 31));
    }

    @Test
    void afterNinetyNightsItIsALossLikeAnyOther() {
        nightsOf(2, Shown.CLEAN);
        nightsOf(1, Shown.HANDSHAKE);
        nights.later(91);
        nightsOf(1, Shown.HANDSHAKE);
        assertEquals(List.of(UNCONFIRMED, UNCONFIRMED, UNCONFIRMED, NO), nightsOf(4, Shown.CLEAN));
    }

    @Test
    void aCheckBesideThePlanSpeaksAgainstIt() {
        nights.check("checked.test", ONE, Shown.HANDSHAKE, 10);
        nights.callWithRetry("mx.test", ONE, Shown.CLEAN, Shown.CLEAN);
        assertEquals(Map.of("mx.test", UNCONFIRMED + " inconsistent"), nights.judge());
    }

    /** A check by day stands in the ledger of the night before, which has recorded its history by then. */
    @Test
    void aCheckByDaySpeaksAgainstTheNightsAfterIt() {
        nights.callWithRetry("mx.test", ONE, Shown.CLEAN, Shown.CLEAN);
        assertEquals(Map.of("mx.test", NO), nights.judge());
        nights.check("checked.test", ONE, Shown.HANDSHAKE, 900);
        nights.tomorrow();
        nights.callWithRetry("mx.test", ONE, Shown.CLEAN, Shown.CLEAN);
        assertEquals(Map.of("mx.test", UNCONFIRMED + " inconsistent"), nights.judge());
        assertTrue(
                nights.known().getFirst().contains("13:00:00"),
                () -> nights.known().toString());
    }

    @Test
    void aCheckThatFailsInBetweenBreaksThePairOfTwoNights() {
        nights.call("mx.test", ONE, Shown.CLEAN, 0);
        assertEquals(Map.of("mx.test", UNCONFIRMED), nights.judge());
        nights.check("checked.test", ONE, Shown.TIMEOUT, 900);
        nights.tomorrow();
        nights.call("mx.test", ONE, Shown.CLEAN, 0);
        assertEquals(Map.of("mx.test", UNCONFIRMED), nights.judge());
    }

    /** Also with what came later: a past night is judged by its own past. */
    @Test
    void aNightThatIsJudgedAgainComesToTheSame() {
        List<String> seen = new ArrayList<>();
        for (var shown : List.of(Shown.CLEAN, Shown.HANDSHAKE, Shown.CLEAN, Shown.HANDSHAKE))
            seen.addAll(nightsOf(shown == Shown.CLEAN ? 5 : 2, shown));
        nights.later(100);
        for (var shown : List.of(Shown.HANDSHAKE, Shown.CLEAN, Shown.HANDSHAKE))
            seen.addAll(nightsOf(shown == Shown.CLEAN ? 5 : 2, shown));
        assertTrue(seen.contains(NO) && seen.contains(UNCONFIRMED) && seen.contains(UNCONFIRMED + " inconsistent"));
        assertEquals(
                seen,
                nights.judgeAgain().stream()
                        .map(judged -> judged.get("mx.test"))
                        .toList());
    }

    @Test
    void recordingANightTwiceChangesNothing() {
        nightsOf(2, Shown.CLEAN);
        nightsOf(2, Shown.HANDSHAKE);
        nightsOf(3, Shown.CLEAN);
        var known = nights.known();
        var losses = nights.losses();
        new AddressHistory(database).note(nights.night());
        assertEquals(known, nights.known());
        assertEquals(losses, nights.losses());
        assertFalse(known.isEmpty() || losses.isEmpty());
    }
}
