package org.starttlscensus.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.ReplyClass;

/** Opt-outs, lapsed permits, orphaned permits, confirmations and the end of the window. */
class DispatcherEventsTest extends DispatcherScene {

    @Nested
    class AnOptedOutEndpoint {

        @Test
        void isNotCalledButKeepsItsGap() {
            var first = plan("one.test", "192.0.2.1");
            var second = plan("two.test", "192.0.2.1");
            var chosen = choose(at(0)).getFirst();
            dispatcher.optedOut(chosen.call(), chosen.startAt());
            assertEquals(Map.of(first.endpointId(), NotCalled.OPTED_OUT), dispatcher.notCalled());
            assertEquals(List.of(), calls(at(1)));
            assertEquals(List.of(new ChosenCall(second, Optional.empty(), at(30), at(40))), choose(at(29)));
        }
    }

    @Nested
    class AConfirmation {

        @Test
        void isMadeOnceForAllNamesOfAnAddress() {
            var first = plan("one.test", "192.0.2.1");
            var second = plan("one.test", "192.0.2.1");
            var elsewhere = plan("two.test", "198.51.100.1");
            assertTrue(dispatcher.claimConfirmation(first));
            assertFalse(dispatcher.claimConfirmation(second));
            assertFalse(dispatcher.claimConfirmation(first));
            assertTrue(dispatcher.claimConfirmation(elsewhere));
        }

        @Test
        void becomesDue() {
            var first = plan("one.test", "192.0.2.1");
            calls(at(0));
            make(first, at(0), Duration.ofSeconds(1), ReplyClass.NO_STARTTLS);
            dispatcher.scheduleConfirmation(first.next(false), at(2_000));
            assertEquals(1, dispatcher.queued());
            dispatcher.scheduleConfirmation(first.next(false), at(2_000));
            assertEquals(1, dispatcher.queued());
            assertEquals(Optional.of(at(2_000)), dispatcher.next());
            assertEquals(List.of(first.next(false)), calls(at(2_000)));
        }
    }

    @Nested
    class ASecondLookOfAnOnDemandCall {

        @Test
        void isMadeOnceIfItIsAskedForAndNeverByItself() {
            var asked = Call.onDemand(7, Address.of("192.0.2.1"), "one.test");
            dispatcher.addOnDemand(asked);
            assertEquals(List.of(asked), calls(at(0)));
            make(asked, at(0), Duration.ofSeconds(1), ReplyClass.NO_STARTTLS);
            dispatcher.schedule(asked.next(false), at(1_800));
            dispatcher.scheduleConfirmation(asked.next(false), at(1_800));
            assertTrue(dispatcher.isDone());
            dispatcher.scheduleSecondLook(asked.next(false), at(1_800));
            assertEquals(List.of(asked.next(false)), calls(at(1_800)));
        }

        /** It would take the second look away from the names of the plan at that address. */
        @Test
        void isNoneOfThePlan() {
            var planned = plan("one.test", "192.0.2.1");
            dispatcher.scheduleConfirmation(
                    Call.onDemand(7, planned.address(), "one.test").next(false), at(1_800));
            assertTrue(dispatcher.claimConfirmation(planned));
        }
    }

    @Nested
    class ALapsedPermit {

        @Test
        void isRenewedUntilTheWindowCloses() {
            var call = plan("one.test", "192.0.2.1");
            calls(at(0));
            dispatcher.started(call, at(0));
            dispatcher.lapsed(call, at(20));
            assertFalse(dispatcher.isDone());
            var again = calls(at(60));
            assertEquals(
                    List.of(call.endpointId()),
                    again.stream().map(Call::endpointId).toList());
            dispatcher.closeWindow();
            dispatcher.started(again.getFirst(), at(60));
            dispatcher.lapsed(again.getFirst(), at(80));
            assertTrue(dispatcher.isDone());
            assertEquals(Map.of(call.endpointId(), NotCalled.WINDOW_END), dispatcher.notCalled());
        }
    }

    @Nested
    class AnOrphanedPermit {

        private final Call call = call("orphan", "one.test", "192.0.2.1");

        @Test
        void isReleasedWhenItsCallMustHaveEnded() {
            dispatcher.orphaned(7, call, at(10));
            assertEquals(List.of(), dispatcher.releasedBy(at(189.9)));
            assertEquals(List.of(7L), dispatcher.releasedBy(at(190)));
            assertEquals(Optional.of(at(10 + 1_800)), dispatcher.next(), "called again after the endpoint's gap");
        }

        @Test
        void keepsItsAddressTakenUntilThen() {
            dispatcher.orphaned(7, call, at(10));
            var other = plan("two.test", "192.0.2.1");
            assertEquals(List.of(), calls(at(100)));
            assertEquals(List.of(other), calls(at(190)));
        }

        @Test
        void isHandedOutWhenTheWindowCloses() {
            dispatcher.orphaned(7, call, at(10));
            assertEquals(List.of(7L), dispatcher.closeWindow());
            assertTrue(dispatcher.isDone());
        }
    }

    @Nested
    class TheEndOfTheWindow {

        @Test
        void dropsPlannedAndDelayedCalls() {
            var made = plan("one.test", "192.0.2.1");
            calls(at(0));
            make(made, at(0), Duration.ofSeconds(1), ReplyClass.GREYLISTED);
            dispatcher.schedule(made.next(false), at(2_000));
            var never = plan("two.test", "198.51.100.1");
            assertEquals(2, dispatcher.queued());
            dispatcher.closeWindow();
            assertEquals(0, dispatcher.queued());
            assertEquals(Map.of(never.endpointId(), NotCalled.WINDOW_END), dispatcher.notCalled());
        }
    }

    @Nested
    class APausedProvider {

        @Test
        void leavesOutOnlyEndpointsThatWereNeverCalled() {
            var made = plan("one.test", "192.0.2.1");
            calls(at(0));
            make(made, at(0), Duration.ofSeconds(1), ReplyClass.GREYLISTED);
            dispatcher.schedule(made.next(false), at(2_000));
            var never = plan("one.test", "198.51.100.1");
            dispatcher.pause("one.test");
            assertEquals(List.of(), calls(at(2_000)));
            assertEquals(Map.of(never.endpointId(), NotCalled.SUSPENDED), dispatcher.notCalled());
        }
    }

    @Test
    void showsThePacesOfProvidersWithFeedback() {
        var call = plan("one.test", "192.0.2.1");
        plan("two.test", "192.0.2.1");
        calls(at(0));
        make(call, at(0), Duration.ofSeconds(1), ReplyClass.RATE_LIMITED);
        assertEquals(Set.of("one.test"), dispatcher.paces().providers().keySet());
        assertEquals(
                Optional.of(at(1 + 900)),
                dispatcher.paces().providers().get("one.test").pace().suspendedUntil());
    }
}
