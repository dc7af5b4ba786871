package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.Precedence;
import org.starttlscensus.dispatch.PriorKnowledge;
import org.starttlscensus.dispatch.Simulation;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.Blame;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.RevisitSchedule;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Forecasts;
import org.starttlscensus.store.Plans;

/** Predicts a night: its dispatcher with its calls, and the expected length of each. */
public final class Forecast {

    private static final Instant OPENING = Instant.parse("2000-01-01T22:00:00Z");
    /**
     * If only the number of servers is known, their networks are not. This many per network is usual for hosting
     * companies.
     */
    private static final int SERVERS_PER_NETWORK = 200;

    /** How long a permit of a dead process would be held. A simulation has no dead processes. */
    private static final MaxCallDuration NO_ORPHANED_PERMITS = new MaxCallDuration(Duration.ZERO, Duration.ZERO);

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
     * @param servers host names, each at an address of its own
     * @param length  of a call
     */
    public record Size(String provider, int servers, Duration length) {

        /** One night's share, if it has more servers than fit into a night. */
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
     * @param sources   our addresses from which it is called
     * @param otherwise how long a call takes at a server that was not called on the last night
     */
    public static Forecast ofPlan(
            Database database, CensusNight night, Limits limits, List<CallSource> sources, Duration otherwise) {
        var plans = new Plans(database);
        var precedence = new Precedence();
        plans.precedence(night, precedence::add);
        var dispatcher =
                new Dispatcher(limits, NO_ORPHANED_PERMITS, precedence, PriorKnowledge.NOTHING, sources, _ -> true);
        plans.toCall(
                night,
                planned -> dispatcher.plan(Call.first(
                                planned.endpointId(),
                                planned.address(),
                                planned.provider(),
                                planned.position(),
                                planned.isImplicit(),
                                planned.isKnown())
                        .blaming(Blame.of(planned.chargesAddress(), planned.mailSets()))));
        return new Forecast(limits, dispatcher, new Forecasts(database).lengths(night), otherwise);
    }

    /**
     * Providers of given sizes, their servers shuffled. A provider with more servers than fit into a night contributes
     * one night's share.
     */
    public static Forecast ofSizes(List<Size> sizes, Limits limits) {
        var dispatcher = new Dispatcher(limits, NO_ORPHANED_PERMITS);
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
     * Runs the night. Only once, because it uses up the dispatcher.
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
                OPENING,
                window);
    }

    /** How long after the window opened. */
    public static Duration sinceOpening(Instant instant) {
        return Duration.between(OPENING, instant);
    }
}
