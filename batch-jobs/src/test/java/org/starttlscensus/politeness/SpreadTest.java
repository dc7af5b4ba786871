package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.starttlscensus.fact.Feedback.Signal.BLOCKED;
import static org.starttlscensus.fact.Feedback.Signal.GREYLISTED;
import static org.starttlscensus.fact.Feedback.Signal.NEUTRAL;
import static org.starttlscensus.fact.Feedback.Signal.OVERLOADED;
import static org.starttlscensus.fact.Feedback.Signal.RATE_LIMITED;
import static org.starttlscensus.fact.Feedback.Signal.SUSPECTED;
import static org.starttlscensus.fact.Feedback.Signal.TEMPORARY;
import static org.starttlscensus.fact.Feedback.Signal.UNREACHABLE;
import static org.starttlscensus.fact.Feedback.Signal.WELCOMED;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;

/** When refusals of single addresses are charged to their whole network or pool. */
class SpreadTest {

    private static final Instant DUSK = Instant.parse("2030-01-01T22:00:00Z");

    private Spread spread = Spread.NONE;
    private int calls;

    /** The signals that the provider is charged with because of this call, each with its endpoint. */
    private List<String> call(int address, Signal signal, RefusalTarget target, Long... mailSets) {
        var at = DUSK.plusSeconds(calls++);
        var made =
                new Pace.CallFeedback(address, new Feedback(signal, target, Optional.empty()), at, at.plusSeconds(1));
        var after = spread.after(Address.of("192.0.2." + address), Blame.ofAddress(Arrays.asList(mailSets)), made);
        spread = after.spread();
        return after.charged().stream()
                .map(one -> one.endpointId() + " " + one.feedback().signal().label())
                .toList();
    }

    /** A call to an address that serves a domain of its own. */
    private List<String> call(int address, Signal signal) {
        return call(address, signal, RefusalTarget.NOBODY, (long) address);
    }

    @Test
    void threeAddressesAreEnough() {
        assertEquals(List.of(), call(1, BLOCKED));
        assertEquals(List.of(), call(2, SUSPECTED));
        assertEquals(List.of("1 blocked", "2 suspected", "3 blocked"), call(3, BLOCKED));
        assertEquals(List.of(), spread.refusals());
    }

    @Test
    void oneAddressIsOneHoweverOftenItRefuses() {
        for (int i = 0; i < 5; i++) assertEquals(List.of(), call(1, BLOCKED));
        assertEquals(List.of(), call(2, BLOCKED));
        assertEquals(List.of(), call(1, BLOCKED));
        assertEquals(List.of("1 blocked", "2 blocked", "3 blocked"), call(3, BLOCKED));
    }

    /** Late in the night those that refused are called again, and hardly anybody else. */
    @Test
    void thoseThatRefuseAgainAreNoNews() {
        for (int address = 1; address <= 6; address++) {
            assertEquals(List.of(), call(address, SUSPECTED));
            for (int other = 11; other <= 14; other++) call(10 * address + other, WELCOMED);
        }
        for (int address = 1; address <= 6; address++) assertEquals(List.of(), call(address, SUSPECTED));
        call(7, BLOCKED);
        call(8, BLOCKED);
        assertEquals(List.of("7 blocked", "8 blocked", "9 blocked"), call(9, BLOCKED));
        assertEquals(List.of(), call(1, SUSPECTED));
    }

    @Test
    void anAddressThatReceivedUsSinceCountsAnew() {
        call(1, SUSPECTED);
        for (int other = 11; other <= 14; other++) call(other, WELCOMED);
        call(1, WELCOMED);
        call(1, SUSPECTED);
        call(2, BLOCKED);
        assertEquals(List.of("1 suspected", "2 blocked", "3 blocked"), call(3, BLOCKED));
    }

    /** To the provider they are its first "too many", not its third. */
    @Test
    void severalRateLimitsAreChargedAsOne() {
        call(1, RATE_LIMITED);
        call(2, BLOCKED);
        assertEquals(List.of("2 blocked", "3 rate_limited"), call(3, RATE_LIMITED));
    }

    @Test
    void anotherAddressThatReceivesUsInBetweenSpeaksAgainstIt() {
        call(1, BLOCKED);
        call(2, BLOCKED);
        call(9, WELCOMED);
        assertEquals(List.of(), call(3, BLOCKED));
        assertEquals(List.of(), call(4, BLOCKED));
        assertEquals(List.of("3 blocked", "4 blocked", "5 blocked"), call(5, BLOCKED));
    }

    @Test
    void aWelcomeBetweenTheFirstAndTheSecondSpeaksAgainstItToo() {
        call(1, BLOCKED);
        call(9, WELCOMED);
        call(2, BLOCKED);
        assertEquals(List.of(), call(3, BLOCKED));
    }

    /** It is one of the three and no other address: it refuses now and then. */
    @Test
    void aWelcomeByOneOfTheThreeDoesNot() {
        call(1, RATE_LIMITED);
        call(1, WELCOMED);
        call(2, WELCOMED);
        call(2, RATE_LIMITED);
        assertEquals(List.of("3 rate_limited"), call(3, RATE_LIMITED));
    }

    /** Servers of one customer are one decision. */
    @Test
    void addressesOfOneMailDomainAreOneCustomer() {
        call(1, BLOCKED, RefusalTarget.NOBODY, 7L);
        call(2, BLOCKED, RefusalTarget.NOBODY, 7L, 8L);
        assertEquals(List.of(), call(3, BLOCKED, RefusalTarget.NOBODY, 8L));
        assertEquals(List.of(), call(4, BLOCKED, RefusalTarget.NOBODY, 7L));
        assertEquals(List.of("1 blocked", "3 blocked", "5 blocked"), call(5, BLOCKED, RefusalTarget.NOBODY, 9L));
    }

    @Test
    void addressesWhoseMailIsUnknownAreOneCustomer() {
        for (int i = 1; i < 9; i++) assertEquals(List.of(), call(i, BLOCKED, RefusalTarget.NOBODY));
        assertEquals(List.of(), call(10, BLOCKED));
        assertEquals(3, call(11, BLOCKED).size());
    }

    @Test
    void othersSignalsNeverCount() {
        var charged = new ArrayList<String>();
        int address = 0;
        for (var signal : List.of(TEMPORARY, OVERLOADED, GREYLISTED, UNREACHABLE, NEUTRAL)) {
            for (int i = 0; i < 4; i++) charged.addAll(call(++address, signal));
        }
        assertEquals(List.of(), charged);
        assertEquals(Spread.NONE, spread);
    }

    @Test
    void aTextThatNamesARangeOfOursIsEnough() {
        assertEquals(List.of(), call(1, BLOCKED, RefusalTarget.US, 1L));
        assertEquals(List.of(), call(2, BLOCKED, RefusalTarget.A_LIST, 2L));
        spread = Spread.NONE;
        assertEquals(List.of("3 blocked"), call(3, BLOCKED, RefusalTarget.OUR_RANGE, 3L));
        assertEquals(List.of("4 rate_limited"), call(4, RATE_LIMITED, RefusalTarget.OUR_RANGE, 4L));
        assertEquals(List.of(), call(5, TEMPORARY, RefusalTarget.OUR_RANGE, 5L));
    }
}
