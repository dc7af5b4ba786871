package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.NamedWaits;
import org.starttlscensus.dispatch.NotCalled;
import org.starttlscensus.dispatch.Precedence;
import org.starttlscensus.dispatch.PriorKnowledge;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.politeness.Blame;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.MailShares;
import org.starttlscensus.store.OperatorOverride;

/** A word of the operator ends what was known when it was said, and nothing that came later. */
class LedgerReplayTest {

    private static final String PROVIDER = "one.test";
    private static final Address ADDRESS = Address.of("192.0.2.1");
    private static final Instant DUSK = VirtualNight.DUSK;
    private static final Instant WAIT = DUSK.plus(Duration.ofHours(2));

    private static Call call(long endpoint) {
        return Call.first(endpoint, ADDRESS, PROVIDER, (int) endpoint, false, false)
                .blaming(Blame.ofAddress(List.of(endpoint)));
    }

    /** Two names of one address, after a word of the operator about their provider. */
    private static Dispatcher resumed(Instant resumedAt, Set<Address> returning, NamedWaits waits) {
        var replay = new LedgerReplay(
                Limits.CEILINGS,
                new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)),
                new Precedence(),
                new PriorKnowledge(Set.of(), returning, MailShares.UNKNOWN, waits),
                CallSource.CHOSEN_BY_SYSTEM,
                _ -> true);
        replay.override(new OperatorOverride(
                1, PROVIDER, OperatorOverride.OverrideKind.RESUME, resumedAt, "operator", Optional.empty()));
        replay.nightBegins(DUSK);
        replay.planned(call(1));
        replay.planned(call(2));
        return replay.dispatcher();
    }

    private static Instant firstCall(Instant resumedAt, NamedWaits waits) {
        var dispatcher = resumed(resumedAt, Set.of(), waits);
        for (var at = DUSK; ; at = at.plusSeconds(1)) {
            var chosen = dispatcher.choose(at, at.plus(Dispatcher.LOOKAHEAD), 1);
            if (!chosen.isEmpty()) return chosen.getFirst().startAt();
        }
    }

    @Test
    void anOldWordEndsNoNewerWait() {
        for (var waits : List.of(
                new NamedWaits(Map.of(PROVIDER, WAIT), Map.of()), new NamedWaits(Map.of(), Map.of(ADDRESS, WAIT)))) {
            assertEquals(WAIT, firstCall(DUSK.minus(Duration.ofDays(10)), waits));
            var tonight = firstCall(DUSK.plusSeconds(60), waits);
            assertEquals(true, tonight.isBefore(DUSK.plusSeconds(300)), tonight::toString);
        }
    }

    @Test
    void anOldWordSparesNoNewerBlockItsCanary() {
        assertEquals(
                Map.of(2L, NotCalled.SUSPENDED),
                notCalledAfterOneRefusal(DUSK.minus(Duration.ofDays(10))),
                "refused again: not in this night");
        assertEquals(Map.of(), notCalledAfterOneRefusal(DUSK.plusSeconds(1)));
    }

    private static Map<Long, NotCalled> notCalledAfterOneRefusal(Instant resumedAt) {
        var dispatcher = resumed(resumedAt, Set.of(ADDRESS), NamedWaits.NONE);
        var at = DUSK.plusSeconds(120);
        var first = dispatcher.choose(at, at.plus(Dispatcher.LOOKAHEAD), 1).stream()
                .map(ChosenCall::call)
                .findFirst()
                .orElseThrow();
        dispatcher.started(first, at);
        dispatcher.onFeedback(first, Feedback.of(Signal.TEMPORARY), at, at.plusSeconds(1));
        dispatcher.ended(first, at, at.plusSeconds(1));
        return dispatcher.notCalled();
    }
}
