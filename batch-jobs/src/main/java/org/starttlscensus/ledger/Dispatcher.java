package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;

/**
 * Decides who may be called when. The state of every key is a fold over the night's permits: told the same past, a new
 * dispatcher decides alike. Knows no clock and no SQL; not thread-safe: one thread drives it.
 *
 * <p>A provider stands in the queue by the first moment one of its lanes could start. What only an event can free (a
 * call that ends, a start that becomes known) waits at its key and costs a choice nothing.
 */
public final class Dispatcher {

    /** A permit that is not used within this time lapses, for the spacing to others counts from its start. */
    static final Duration DIAL_WINDOW = Duration.ofSeconds(10);

    private final Limits limits;
    private final Duration wholeCall;
    private final Key source;
    private final Map<String, ProviderQueue> providers = new HashMap<>();
    private final Map<String, Key> prefixes = new HashMap<>();
    private final Map<Address, AddressKey> addresses = new HashMap<>();
    private final PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparing(Turn::at));
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>(Comparator.comparing(Delayed::due));
    private final Map<Long, NotCalled> notCalled = new HashMap<>();
    private long queued;

    /** @param wholeCall the deadline of a whole call: how long a permit of a dead process may still be an open connection */
    public Dispatcher(Limits limits, Duration wholeCall) {
        this.limits = limits;
        this.wholeCall = wholeCall;
        this.source = new Key(limits.source().withGap(Duration.ZERO)); // its gap is kept where calls really start
    }

    /** A provider's place in the queue; one that the provider has replaced by another is passed over. */
    record Turn(ProviderQueue provider, Instant at) {
        boolean isStale() {
            return provider.turn != this;
        }
    }

    private sealed interface Delayed {
        Instant due();

        /** A call that becomes due later. */
        record Later(Instant due, Call call) implements Delayed {}

        /** An open permit of a process that died. */
        record Ghost(Instant due, long permitId, Call call) implements Delayed {}
    }

    /** Adds a call of the plan, behind those added before. */
    public void plan(Call call) {
        address(call).names++;
        enqueue(call);
    }

    /** Adds an endpoint of the plan that was called in the night's past: it only counts as a name of its address. */
    public void planned(Call call) {
        address(call).names++;
    }

    /** A past call that is over. */
    public void past(Call call, Instant startedAt, Instant endedAt, Optional<ReplyClass> signal) {
        var provider = provider(call);
        provider.key.past(startedAt.plus(provider.pace.gap()));
        signal.ifPresent(seen -> provider.pace = provider.pace.after(seen, call.endpointId(), limits));
        provider.key.notBefore(startedAt.plus(provider.pace.gap()));
        var address = address(call);
        address.key.past(startedAt.plus(limits.addressGapAfter(Duration.between(startedAt, endedAt))));
        address.prefix.past(startedAt.plus(limits.prefix().gap()));
        if (provider.pace.parked()) drop(provider, NotCalled.SUSPENDED);
    }

    /**
     * An open permit of a process that died: it may be a connection until its call would have had to end, and it may
     * have started as late as it was allowed to. Then it is handed out by {@link #releasedBy}.
     */
    public void ghost(long permitId, Call call, Instant dialBefore) {
        provider(call).key.ghost(dialBefore.plus(provider(call).pace.gap()));
        address(call).key.ghost(dialBefore.plus(limits.addressGapAfter(wholeCall)));
        address(call).prefix.ghost(dialBefore.plus(limits.prefix().gap()));
        source.ghost(dialBefore);
        delayed.add(new Delayed.Ghost(dialBefore.plus(wholeCall), permitId, call));
    }

    /** A call that may have been made by a process that died, and is due again later: within the totals of the night. */
    public void again(Call call, Instant lastStart) {
        if (call.attempt() > limits.endpoint().perNight().orElseThrow()) {
            notCalled.put(call.endpointId(), NotCalled.BUDGET);
            return;
        }
        delayed.add(new Delayed.Later(lastStart.plus(limits.endpoint().gap()), call));
        queued++;
    }

    /** The permits of dead processes that no connection can belong to any more. Their endpoints become due again. */
    public List<Long> releasedBy(Instant now) {
        var released = new ArrayList<Long>();
        while (!delayed.isEmpty() && !delayed.peek().due().isAfter(now)) {
            switch (delayed.poll()) {
                case Delayed.Later(var _, var call) -> {
                    queued--;
                    enqueue(call);
                }
                case Delayed.Ghost(var due, var permitId, var call) -> {
                    released.add(permitId);
                    free(call);
                    again(call.again(), due.minus(wholeCall));
                }
            }
        }
        return released;
    }

    /** The calls that may start by {@code horizon}, at most {@code most}. Their keys are taken from now on. */
    public List<ChosenCall> choose(Instant now, Instant horizon, int most) {
        var chosen = new ArrayList<ChosenCall>();
        while (chosen.size() < most && !source.isBlocked()) {
            var turn = firstTurn();
            if (turn.isEmpty() || turn.get().at().isAfter(horizon)) break;
            turns.poll();
            turn.get().provider().turn = null;
            chooseFrom(turn.get().provider(), now, horizon).ifPresent(chosen::add);
        }
        return chosen;
    }

    /** A permitted call was launched: its start is known, and so are the gaps that count from it. */
    public void started(Call call, Instant at) {
        var provider = provider(call);
        var address = address(call);
        source.started(at);
        provider.key.started(at.plus(provider.pace.gap()));
        address.key.started(at.plus(limits.address().gap()));
        address.prefix.started(at.plus(limits.prefix().gap()));
        wake(address);
        place(provider);
    }

    /** What a call means is known, before it is stored: a refusal slows its provider at once. */
    public void heard(Call call, ReplyClass signal, Instant startedAt) {
        var provider = provider(call);
        provider.pace = provider.pace.after(signal, call.endpointId(), limits);
        provider.key.notBefore(startedAt.plus(provider.pace.gap()));
        if (provider.pace.parked()) drop(provider, NotCalled.SUSPENDED);
    }

    /** A started call is over and stored. */
    public void ended(Call call, Instant startedAt, Instant endedAt) {
        address(call).key.notBefore(startedAt.plus(limits.addressGapAfter(Duration.between(startedAt, endedAt))));
        free(call);
    }

    /** A launched call found its permit lapsed, and that is stored: the endpoint is still to be called. */
    public void lapsed(Call call, Instant now) {
        source.lapsed();
        provider(call).key.lapsed();
        address(call).key.lapsed();
        address(call).prefix.lapsed();
        wake(address(call));
        place(provider(call));
        delayed.add(new Delayed.Later(now, call.again()));
        queued++;
    }

    /** When something can be chosen or released next; empty if only an event can bring that about. */
    public Optional<Instant> next() {
        var first = source.isBlocked() ? Optional.<Instant>empty() : firstTurn().map(Turn::at);
        var later = delayed.isEmpty() ? Optional.<Instant>empty() : Optional.of(delayed.peek().due());
        return first.isPresent() && later.isPresent() && later.get().isBefore(first.get()) || first.isEmpty() ? later : first;
    }

    /** Calls still to be permitted. */
    public long queued() {
        return queued;
    }

    /** Whether nothing is left to choose, release or wait for. */
    public boolean isDone() {
        return queued == 0 && delayed.isEmpty();
    }

    /** The endpoints that will not be called tonight, and why. */
    public Map<Long, NotCalled> notCalled() {
        return Map.copyOf(notCalled);
    }

    private Optional<ChosenCall> chooseFrom(ProviderQueue provider, Instant now, Instant horizon) {
        if (provider.key.isBlocked()) return Optional.empty();
        if (provider.key.calls() >= limits.provider().perNight().orElseThrow()) {
            drop(provider, NotCalled.BUDGET);
            return Optional.empty();
        }
        var earliest = later(now, provider.key.free());
        while (!earliest.isAfter(horizon) && !provider.ready.isEmpty()) {
            var lane = provider.ready.poll();
            lane.readyAt = later(later(lane.readyAt, earliest), later(lane.address.key.free(), lane.address.prefix.free()));
            if (lane.calls.isEmpty()) {
                lane.isPlaced = false;
            } else if (lane.address.key.calls() >= limits.addressCallsPerNight(lane.address.names)) {
                lane.isPlaced = false;
                drop(lane, NotCalled.BUDGET);
            } else if (lane.address.key.isBlocked()) {
                lane.address.key.await(lane);
            } else if (lane.address.prefix.isBlocked()) {
                lane.address.prefix.await(lane);
            } else if (lane.readyAt.isAfter(horizon)) {
                provider.ready.add(lane);
                if (provider.ready.peek() == lane || provider.ready.peek().readyAt.isAfter(horizon)) break;
            } else {
                return Optional.of(take(provider, lane));
            }
        }
        place(provider);
        return Optional.empty();
    }

    private ChosenCall take(ProviderQueue provider, Lane lane) {
        var call = lane.calls.poll();
        queued--;
        source.permitted();
        provider.key.permitted();
        lane.address.key.permitted();
        lane.address.prefix.permitted();
        lane.isPlaced = false;
        offer(lane);
        return new ChosenCall(call, lane.readyAt, lane.readyAt.plus(DIAL_WINDOW));
    }

    private void enqueue(Call call) {
        var provider = provider(call);
        if (provider.pace.parked()) {
            notCalled.put(call.endpointId(), NotCalled.SUSPENDED);
            return;
        }
        var lane = lane(provider, address(call));
        lane.calls.add(call);
        queued++;
        offer(lane);
    }

    private void free(Call call) {
        source.ended();
        provider(call).key.ended();
        address(call).key.ended();
        address(call).prefix.ended();
        wake(address(call));
        place(provider(call));
    }

    private void wake(AddressKey address) {
        address.key.wakeAll().forEach(this::rejoin);
        address.prefix.wakeAll().forEach(this::rejoin);
    }

    private void rejoin(Lane lane) {
        lane.isPlaced = false;
        offer(lane);
    }

    /** Puts a lane with calls into its provider's queue, unless it stands there or waits for an event. */
    private void offer(Lane lane) {
        if (lane.isPlaced || lane.calls.isEmpty()) return;
        lane.isPlaced = true;
        lane.provider.ready.add(lane);
        place(lane.provider);
    }

    /** Gives a provider with lanes its turn: the first moment one of them could start, unless only an event can tell. */
    private void place(ProviderQueue provider) {
        if (provider.ready.isEmpty() || provider.key.isBlocked()) return;
        var at = later(provider.key.free(), provider.ready.peek().readyAt);
        if (provider.turn != null && !at.isBefore(provider.turn.at())) return;
        provider.turn = new Turn(provider, at);
        turns.add(provider.turn);
    }

    private Optional<Turn> firstTurn() {
        while (!turns.isEmpty() && turns.peek().isStale()) turns.poll();
        return Optional.ofNullable(turns.peek());
    }

    private void drop(ProviderQueue provider, NotCalled why) {
        provider.lanes.forEach(lane -> drop(lane, why));
        provider.ready.forEach(lane -> lane.isPlaced = false); // so that a call that becomes due later finds its place
        provider.ready.clear();
    }

    private void drop(Lane lane, NotCalled why) {
        lane.calls.forEach(call -> notCalled.put(call.endpointId(), why));
        queued -= lane.calls.size();
        lane.calls.clear();
    }

    private ProviderQueue provider(Call call) {
        return providers.computeIfAbsent(call.provider(), _ -> new ProviderQueue(new Key(
                limits.provider().withOpen(Math.min(limits.provider().open(), windowAtStart()))), Pace.starting(limits)));
    }

    /** The window stays at its start of one call, but where pacing is off. */
    private int windowAtStart() {
        return limits.timeScale() == 0 ? limits.provider().open() : Limits.PROVIDER_OPEN_AT_START;
    }

    private AddressKey address(Call call) {
        return addresses.computeIfAbsent(call.endpoint().address(), address -> new AddressKey(
                new Key(limits.address()), prefixes.computeIfAbsent(address.prefix(), _ -> new Key(limits.prefix()))));
    }

    private static Lane lane(ProviderQueue provider, AddressKey address) {
        for (var lane : address.lanes) {
            if (lane.provider == provider) return lane;
        }
        var lane = new Lane(provider, address);
        address.lanes.add(lane);
        provider.lanes.add(lane);
        return lane;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
