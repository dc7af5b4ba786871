package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.Precedence;
import org.starttlscensus.dispatch.PriorKnowledge;
import org.starttlscensus.dispatch.Simulation;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.RevisitSchedule;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Forecasts;
import org.starttlscensus.store.Plans;

/** A night before it is run: the dispatcher with its calls, and how long each is expected to take. */
public final class Forecast {

    private static final Instant DUSK = Instant.parse("2000-01-01T22:00:00Z");
    /** Of servers of given sizes nobody knows the networks: so many to one is what hosting companies do. */
    private static final int SERVERS_PER_NETWORK = 200;

    /** How long a permit of a dead process would be held: nobody dies here. */
    private static final MaxCallDuration NO_GHOSTS = new MaxCallDuration(Duration.ZERO, Duration.ZERO);

    private final Limits limits;
    private final Dispatcher dispatcher;
    private final Map<Long, Forecasts.PastCalls> pastCalls;
    private final Forecasts.PastCalls otherwise;

    private Forecast(
            Limits limits, Dispatcher dispatcher, Map<Long, Forecasts.PastCalls> pastCalls, Duration otherwise) {
        this.limits = limits;
        this.dispatcher = dispatcher;
        this.pastCalls = pastCalls;
        this.otherwise = new Forecasts.PastCalls(1, otherwise);
    }

    /**
     * A provider of a given size.
     *
     * @param servers names at addresses of their own
     * @param length  of a call
     */
    public record Size(String provider, int servers, Duration length) {

        /** One night's share, where it has more servers than a night has room for. */
        public Forecasts.PlannedProvider planned(Limits limits) {
            int within = RevisitSchedule.ofProvider(
                    servers, limits.provider(provider).perNight().orElseThrow());
            int toCall = Math.ceilDiv(servers, within);
            return new Forecasts.PlannedProvider(provider, servers, toCall, 0, servers - toCall, 0, within);
        }
    }

    /**
     * The plan of a night as it is stored.
     *
     * @param otherwise how long a call takes at a server that was not called on the last night
     */
    public static Forecast ofPlan(Database database, CensusNight night, Limits limits, Duration otherwise) {
        var plans = new Plans(database);
        var precedence = new Precedence();
        plans.precedence(night, precedence::add);
        var dispatcher = new Dispatcher(limits, NO_GHOSTS, precedence, PriorKnowledge.NOTHING);
        plans.toCall(
                night,
                planned -> dispatcher.plan(Call.first(
                        planned.endpointId(),
                        planned.address(),
                        planned.provider(),
                        planned.position(),
                        planned.isImplicit(),
                        planned.isKnown())));
        return new Forecast(limits, dispatcher, new Forecasts(database).lengths(night), otherwise);
    }

    /** Providers of given sizes, their servers shuffled; of a provider with more than a night has room for, one night's share. */
    public static Forecast ofSizes(List<Size> sizes, Limits limits) {
        var dispatcher = new Dispatcher(limits, NO_GHOSTS);
        Map<Long, Forecasts.PastCalls> pastCalls = new HashMap<>();
        long id = 0;
        int network = 0;
        for (var size : sizes) {
            var toCall = size.planned(limits).toCall();
            for (int i = 0; i < toCall; i++) {
                if (i % SERVERS_PER_NETWORK == 0) network++;
                var address = Address.of("%d.%d.%d.%d"
                        .formatted(
                                1 + network / 65_536, network / 256 % 256, network % 256, 1 + i % SERVERS_PER_NETWORK));
                dispatcher.plan(Call.first(
                        ++id, address, size.provider(), (int) (id * 0x9E3779B9L & 0x7fffffff), false, false));
                pastCalls.put(id, new Forecasts.PastCalls(1, size.length()));
            }
        }
        return new Forecast(limits, dispatcher, pastCalls, Duration.ofSeconds(1));
    }

    /** Calls of the plan. */
    public long toCall() {
        return dispatcher.queued();
    }

    /**
     * Once: the dispatcher is used up by it.
     *
     * @param window from the first permit to the last
     */
    public Simulation.SimulationResult run(Duration window) {
        return Simulation.run(
                dispatcher,
                limits,
                new Simulation.CallExpectation() {
                    @Override
                    public Duration length(Call call) {
                        var length = pastCalls
                                .getOrDefault(call.endpointId(), otherwise)
                                .length();
                        return length.isPositive() ? length : Duration.ofMillis(1);
                    }

                    @Override
                    public int calls(Call call) {
                        return pastCalls
                                .getOrDefault(call.endpointId(), otherwise)
                                .calls();
                    }
                },
                DUSK,
                window);
    }

    /** How long after the window opened. */
    public static Duration sinceDusk(Instant instant) {
        return Duration.between(DUSK, instant);
    }
}
