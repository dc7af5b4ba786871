package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.Simulation;
import org.starttlscensus.fact.Address;
import org.starttlscensus.politeness.Limits;

/**
 * The length of a simulated night, compared with the shortest that the limits allow: the minimum of the slowest
 * provider, or that of our source address. Prints the figures.
 */
class MakespanTest {

    private static final MaxCallDuration MAX_DURATION =
            new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7));
    private static final Duration FOREVER = Duration.ofDays(30);
    private static final double MOST = 1.05;
    private static final boolean WHOLE = Boolean.getBoolean("census.makespan");
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final Random random = new Random(5);
    private final List<Call> calls = new ArrayList<>();
    private final Map<Long, Duration> lengths = new HashMap<>();
    private Limits limits = Limits.CEILINGS;
    private int networks;

    /** @param perAddress names on one address; {@code perNetwork} are addresses of one network */
    private void provider(String name, int servers, int perAddress, int perNetwork, double seconds) {
        for (int i = 0; i < servers; i++) {
            if (i % (perAddress * perNetwork) == 0) networks++;
            var address = Address.of("%d.%d.%d.%d"
                    .formatted(
                            1 + networks / 65_536,
                            networks / 256 % 256,
                            networks % 256,
                            1 + i / perAddress % perNetwork));
            long id = calls.size() + 1L;
            calls.add(Call.first(id, address, name, 0, false, false));
            lengths.put(id, Duration.ofMillis(Math.max(50, Math.round(1_000 * seconds * (0.5 + random.nextDouble())))));
        }
    }

    private void singles(int count, double seconds) {
        for (int i = 0; i < count; i++) provider("single" + i + ".test", 1, 1, 1, seconds);
    }

    private Duration own(String provider) {
        var limit = limits.provider(provider);
        Map<Address, Duration> byAddress = new HashMap<>();
        Map<String, Integer> byPrefix = new HashMap<>();
        var open = Duration.ZERO;
        int count = 0;
        var longest = Duration.ZERO;
        for (var call : calls) {
            if (!call.provider().equals(provider)) continue;
            var length = lengths.get(call.endpointId());
            var address = call.address();
            byAddress.merge(address, limits.addressGapAfter(length), Duration::plus);
            byPrefix.merge(address.prefix(), 1, Integer::sum);
            open = open.plus(length);
            count++;
            longest = length;
        }
        var bounds = new ArrayList<Duration>();
        bounds.add(limit.gap().multipliedBy(count - 1).plus(longest));
        bounds.add(open.dividedBy(limit.open()));
        byAddress
                .values()
                .forEach(each -> bounds.add(each.minus(limits.address().gap())));
        byPrefix.values().forEach(each -> bounds.add(limits.prefix().gap().multipliedBy(each - 1)));
        return Collections.max(bounds);
    }

    private void judge(String mix, String... slowest) {
        Collections.shuffle(calls, random);
        var dispatcher = new Dispatcher(limits, MAX_DURATION);
        for (int i = 0; i < calls.size(); i++) {
            var call = calls.get(i);
            dispatcher.plan(Call.first(call.endpointId(), call.address(), call.provider(), i + 1, false, false));
        }
        long from = CPU.getCurrentThreadCpuTime();
        var simulationResult = Simulation.run(
                dispatcher,
                limits,
                new Simulation.CallExpectation() {
                    @Override
                    public Duration length(Call call) {
                        return lengths.get(call.endpointId());
                    }

                    @Override
                    public int calls(Call call) {
                        return 1;
                    }
                },
                VirtualNight.DUSK,
                FOREVER);
        var took = Duration.ofNanos(CPU.getCurrentThreadCpuTime() - from);
        var source = limits.source().gap().multipliedBy(calls.size());
        var open = lengths.values().stream()
                .reduce(Duration.ZERO, Duration::plus)
                .dividedBy(limits.source().open());
        var least = source.compareTo(open) > 0 ? source : open;
        for (var provider : slowest) least = own(provider).compareTo(least) > 0 ? own(provider) : least;
        double ratio = (double) simulationResult.length().toMillis() / least.toMillis();
        System.out.printf(
                "makespan %-28s %,7d calls  %6.2f h  least %6.2f h  ratio %.3f  simulated in %.1f s of CPU%n",
                mix,
                simulationResult.calls(),
                simulationResult.length().toMillis() / 3.6e6,
                least.toMillis() / 3.6e6,
                ratio,
                took.toMillis() / 1e3);
        assertEquals(calls.size(), simulationResult.calls());
        assertTrue(ratio <= MOST, () -> mix + ": " + ratio);
        assertTrue(took.toSeconds() < 60, () -> mix + " took " + took);
    }

    @Test
    void oneGiantAmongMany() {
        provider("giant.test", 4_000, 1, 200, 2);
        singles(20_000, 4);
        judge("one giant among many", "giant.test");
    }

    @Test
    void manySmallOnes() {
        for (int i = 0; i < 20_000; i++) provider("small" + i + ".test", 1 + random.nextInt(4), 1, 4, 6);
        judge("many small ones");
    }

    @Test
    void twentyAlike() {
        for (int i = 0; i < 20; i++) provider("alike" + i + ".test", 2_000, 2, 100, 1.5);
        singles(5_000, 8);
        judge("twenty alike", "alike0.test", "alike1.test", "alike19.test");
    }

    @Test
    void tenantsNamesOnFewAddresses() {
        limits = limits.withProviders(
                Map.of("tenants.test", Limits.CEILINGS.provider().withOpen(5)));
        provider("tenants.test", 800, 20, 10, 3);
        singles(40_000, 5);
        judge("tenants' names", "tenants.test");
    }

    /**
     * Shaped like published figures (a tenth of them, but with {@code -Dcensus.makespan=true}): 367,190 mail servers of
     * a list of a million domains, over a third of them self-hosted, two very large providers of which one has a name
     * per customer, some large hosters, and a long tail.
     */
    @Test
    void likeTheInternet() {
        int part = WHOLE ? 1 : 10;
        provider("microsoft", 4_300 / part, 20, 100, 2);
        provider("google", 60 / part, 1, 20, 2);
        for (int i = 0; i < 10; i++) provider("hoster" + i + ".test", (4_000 - 300 * i) / part, 2, 100, 3);
        for (int i = 0; i < 300 / part; i++) provider("medium" + i + ".test", 400 / part - i, 2, 50, 4);
        for (int i = 0; i < 20_000 / part; i++) provider("tail" + i + ".test", 2 + random.nextInt(6), 1, 8, 6);
        singles(400_000 / part - calls.size(), 8);
        judge("like the internet", "microsoft", "hoster0.test");
    }
}
