package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;

/** When calls of two sources are launched that are all due at once. */
class LauncherIT {

    private static final Duration GAP = Duration.ofMillis(20);
    private static final int EACH = 15;
    private static final Optional<Address> ONE = Optional.of(Address.of("127.0.0.11"));
    private static final Optional<Address> OTHER = Optional.of(Address.of("127.0.0.12"));

    private record Launch(Optional<Address> source, Instant at) {}

    @Test
    void eachSourceKeepsItsGapAndNoneWaitsForAnother() throws Exception {
        var clock = InstantSource.system();
        var launches = Collections.synchronizedList(new ArrayList<Launch>());
        var all = new CountDownLatch(2 * EACH);
        try (var launcher = new Launcher(
                clock,
                GAP,
                permitted -> {
                    launches.add(new Launch(permitted.permit().source(), clock.instant()));
                    all.countDown();
                },
                (bug, _) -> {
                    throw new AssertionError(bug);
                })) {
            var now = clock.instant();
            for (int i = 0; i < EACH; i++) launcher.add(permitted(i, ONE, now));
            for (int i = 0; i < EACH; i++) launcher.add(permitted(EACH + i, OTHER, now));
            assertTrue(all.await(60, TimeUnit.SECONDS), launches::toString);
        }
        var one = of(launches, ONE);
        var other = of(launches, OTHER);
        for (var starts : List.of(one, other)) {
            assertEquals(EACH, starts.size());
            for (int i = 1; i < EACH; i++) {
                var gap = Duration.between(starts.get(i - 1), starts.get(i));
                // the launch is noted a little after the gap was measured
                assertTrue(gap.compareTo(GAP.multipliedBy(9).dividedBy(10)) >= 0, starts::toString);
            }
        }
        assertTrue(other.getFirst().isBefore(one.getLast()), "the other source did not wait");
    }

    private static List<Instant> of(List<Launch> launches, Optional<Address> source) {
        return launches.stream()
                .filter(launch -> launch.source().equals(source))
                .map(Launch::at)
                .toList();
    }

    private static Ledger.Permitted permitted(int number, Optional<Address> source, Instant now) {
        var address = Address.of("127.64.0." + (1 + number));
        var call = Call.first(number, address, "p.test", number, false, false);
        return new Ledger.Permitted(
                call,
                new Permit(
                        number,
                        number,
                        new Endpoint(new Hostname("mx" + number + ".p.test"), address),
                        source,
                        "p.test",
                        1,
                        false,
                        ProbeKind.STANDARD,
                        now,
                        now.plusSeconds(60)));
    }
}
