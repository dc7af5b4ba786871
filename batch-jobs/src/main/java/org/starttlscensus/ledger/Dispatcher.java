package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Reception;
import org.starttlscensus.ledger.DueLater.Delayed;
import org.starttlscensus.politeness.Limits;

/**
 * Decides who may be called when. The state of every key is a fold over the night's permits: told the same past, a new
 * dispatcher decides alike. Knows no clock and no SQL; not thread-safe: one thread drives it.
 *
 * <pre>
 *   plan ─▶ held (backup) ─▶ turns ─▶ chosen ─▶ started ─▶ heard ─▶ ended ─▶ again, later
 * </pre>
 */
public final class Dispatcher {

    /** A permit that is not used within this time lapses, for the spacing to others counts from its start. */
    static final Duration DIAL_WINDOW = Duration.ofSeconds(10);
    /** How far ahead calls are chosen: long enough to commit them in batches, short enough that feedback is in time. */
    static final Duration LOOKAHEAD = Duration.ofSeconds(1);

    private final Predicate<Call> concerns;
    private final Keys keys;
    private final Turns scheduler;
    private final Precedence precedence;
    private final WholeCall maxDuration;
    private final Map<Long, Call> held = new HashMap<>();
    private final DueLater delayed = new DueLater();
    private final Map<Long, NotCalled> notCalled = new HashMap<>();
    private final Aside aside = new Aside();
    private Optional<NotCalled> closed = Optional.empty();

    /** @param maxDuration the longest a call may take: how long a permit of a dead process may still be an open connection */
    public Dispatcher(Limits limits, WholeCall maxDuration) {
        this(limits, maxDuration, new Precedence(), Beforehand.NOTHING);
    }

    Dispatcher(Limits limits, WholeCall maxDuration, Precedence precedence, Beforehand beforehand) {
        this(limits, maxDuration, precedence, beforehand, _ -> true);
    }

    /** @param concerns whom this dispatcher may call; all others only count in the limits */
    Dispatcher(Limits limits, WholeCall maxDuration, Precedence precedence, Beforehand beforehand, Predicate<Call> concerns) {
        this.concerns = concerns;
        this.keys = new Keys(limits, beforehand);
        this.scheduler = new Turns(keys);
        this.precedence = precedence;
        this.maxDuration = maxDuration;
    }

    /** Adds a first call of the plan, behind those added before. */
    public void plan(Call call) {
        keys.planned(call);
        if (precedence.isHeld(call.endpointId())) held.put(call.endpointId(), call);
        else enqueue(call);
    }

    /** Adds a call that somebody asked for: it is no sampled name of its address, so it adds nothing to what that is called. */
    public void ask(Call call) {
        enqueue(call);
    }

    /** Adds an endpoint of the plan that was called in the night's past: it counts as a name of its address. */
    public void planned(Call call) {
        keys.planned(call);
        settle(call.endpointId());
    }

    /** A permit of the past was chosen for that time, whatever became of it. */
    void chosenFor(Instant startAt) {
        keys.chosenFor(startAt);
    }

    /** To be told first. */
    EarlierNights earlierNights() {
        return new EarlierNights(keys, delayed, maxDuration);
    }

    /** A past call that is over. All of them, in the order in which they ended, before the first call of the plan. */
    public void past(Call call, Instant startedAt, Instant endedAt, Optional<Reception> reception) {
        keys.past(call, startedAt, endedAt, reception);
        if (keys.guard.isOver()) closed = Optional.of(NotCalled.SUSPENDED);
    }

    /**
     * An open permit of a process that died: it may be a connection until its call would have had to end, and it may
     * have started as late as it was allowed to. Then it is handed out by {@link #releasedBy}. Its endpoint is of the plan.
     */
    public void ghost(long permitId, Call call, Instant dialBefore) {
        keys.planned(call);
        keys.orphaned(call, dialBefore, maxDuration.of(call.patient()));
        delayed.add(new Delayed.Ghost(dialBefore.plus(maxDuration.of(call.patient())), permitId, call));
    }

    /** A call at an endpoint that was called before becomes due at {@code due}, within the totals of the night. */
    public void again(Call call, Instant due) {
        if (!concerns.test(call)) return;
        int most = call.isOnce() ? 1 : keys.limits.endpoint().perNight().orElseThrow();
        if (call.made() < most && whyNot(call).isEmpty()) delayed.add(new Delayed.Later(due, call));
    }

    /** The call after one that may have been made, and nobody knows: the campaign's question is not put twice. */
    void repeat(Call call, Instant due) {
        if (!call.question().isOldVersion()) again(call, due);
    }

    /** The second look at an endpoint that showed no STARTTLS; one of an address is enough for all its names. */
    public void confirm(Call call, Instant due) {
        if (confirms(call)) again(call, due);
    }

    /** Whether this call is the first of its address to ask for a second look; from now on no other is. */
    boolean confirms(Call call) {
        var address = keys.address(call);
        if (address.isConfirming) return false;
        address.isConfirming = true;
        return true;
    }

    /** The permits of dead processes that no connection can belong to any more. Their endpoints become due again. */
    public List<Long> releasedBy(Instant now) {
        var released = new ArrayList<Long>();
        for (var due = delayed.pollBy(now); due.isPresent(); due = delayed.pollBy(now)) {
            switch (due.get()) {
                case Delayed.Later(var _, var call) -> enqueue(call);
                case Delayed.Ghost(var at, var permitId, var call) -> {
                    released.add(permitId);
                    keys.freed(call);
                    scheduler.wake(call);
                    settle(call.endpointId());
                    repeat(call.next(call.patient()), at.minus(maxDuration.of(call.patient())).plus(keys.limits.endpoint().gap()));
                }
                case Delayed.EarlierGhost(var _, var permitId, var call) -> {
                    released.add(permitId);
                    keys.freed(call);
                    scheduler.wake(call);
                }
            }
        }
        return released;
    }

    /** The calls that may start by {@code horizon}, at most {@code most}. Their keys are taken from now on. */
    public List<ChosenCall> choose(Instant now, Instant horizon, int most) {
        var chosen = new ArrayList<ChosenCall>();
        while (chosen.size() < most) {
            if (keys.isUsedUp()) close(NotCalled.BUDGET);
            var look = scheduler.look(now, horizon);
            if (look.isEmpty()) break;
            switch (look.get()) {
                case Turns.Look.Chosen(var call, var startAt) ->
                        chosen.add(new ChosenCall(call, startAt, startAt.plus(DIAL_WINDOW)));
                case Turns.Look.UsedUp(var calls) -> drop(calls, NotCalled.BUDGET);
                case Turns.Look.Nothing() -> { }
            }
        }
        return chosen;
    }

    /** A permitted call was launched: its start is known, and so are the gaps that count from it. */
    public void started(Call call, Instant at) {
        keys.started(call, at);
        scheduler.wake(call);
    }

    /**
     * How a call was received is known, before it is stored: a refusal slows or closes its provider at once. Permits that
     * nobody used yet, and that {@link #isShut} now, are to be taken back.
     */
    public void heard(Call call, Reception reception, Instant startedAt, Instant endedAt) {
        keys.heard(call, reception, startedAt, endedAt);
        if (keys.guard.isOver()) close(NotCalled.SUSPENDED);
        var provider = keys.provider(call);
        if (!provider.pace.isParked()) return;
        drop(scheduler.drain(provider), NotCalled.SUSPENDED);
        delayed.takeCalls(next -> next.made() > 0 && keys.provider(next) == provider);
    }

    /** Whether nobody of this call's provider, or nobody at all, may be called at that time. */
    public boolean isShut(Call call, Instant startAt) {
        return whyNot(call).isPresent() || startAt.isBefore(keys.guard.pausedUntil())
                || keys.provider(call).pace.suspendedUntil().filter(startAt::isBefore).isPresent();
    }

    /** Nobody more is chosen tonight, for this reason. What is under way goes on. */
    private void close(NotCalled why) {
        if (closed.isPresent()) return;
        closed = Optional.of(why);
        drop(scheduler.drain(), why);
        drop(List.copyOf(held.values()), why);
        held.clear();
        drop(delayed.takeCalls(_ -> true), why);
    }

    /** The operator's word: nobody of this provider is chosen until it is resumed. Nobody waits for it meanwhile. */
    public void pause(String provider) {
        aside.pause(provider);
        keys.find(provider).ifPresent(queue -> scheduler.drain(queue).forEach(this::setAside));
    }

    /** The operator's word: what the provider held against us is forgotten, and whoever was left out because of it is called. */
    public void resume(String provider, Instant now) {
        var waiting = keys.find(provider).map(scheduler::drain).orElse(List.of());
        keys.forgive(provider, now);
        waiting.forEach(this::enqueue);
        aside.resume(provider).forEach(call -> {
            notCalled.remove(call.endpointId());
            enqueue(call);
        });
    }

    private void setAside(Call call) {
        aside.add(call);
        settle(call.endpointId());
    }

    /** A launched call is over and stored. */
    public void ended(Call call, Instant startedAt, Instant endedAt) {
        keys.ended(call, startedAt, endedAt);
        scheduler.wake(call);
        settle(call.endpointId());
    }

    /** A launched call found its permit lapsed, and that is stored: the endpoint is still to be called. */
    public void lapsed(Call call, Instant now) {
        keys.lapsed(call);
        scheduler.wake(call);
        if (closed.isPresent()) enqueue(call.renewed());
        else delayed.add(new Delayed.Later(now, call.renewed()));
    }

    /**
     * Nobody more is called tonight: whoever was not is {@link NotCalled#WINDOW_END}, and nothing becomes due any more.
     *
     * @return the open permits of dead processes, which nobody waits for now
     */
    public List<Long> closeWindow() {
        close(NotCalled.WINDOW_END);
        return delayed.takeGhosts();
    }

    /** When something can be chosen or released next; empty if only an event can bring that about. */
    public Optional<Instant> next() {
        var turn = scheduler.next();
        var first = delayed.first();
        return turn.isEmpty() || first.isPresent() && first.get().isBefore(turn.get()) ? first : turn;
    }

    /** A chosen call whose operator has told us to stay away: it is not made, nor is any other of this endpoint tonight. */
    void optedOut(ChosenCall chosen) {
        keys.started(chosen.call(), chosen.startAt()); // the spacing stands
        keys.lapsed(chosen.call());
        scheduler.wake(chosen.call());
        drop(List.of(chosen.call()), NotCalled.OPTED_OUT);
    }

    /** Providers of which nights to come must know that they block us; each is handed out once. */
    List<String> takeNewlyBlocking() {
        return keys.takeNewlyBlocking();
    }

    /** How every provider stands that anything was heard of. */
    Map<String, ProviderPace> paces() {
        return keys.providers().stream().filter(ProviderQueue::wasHeard)
                .collect(Collectors.toMap(provider -> provider.name, provider -> new ProviderPace(provider.pace, provider.suspensions)));
    }

    /** Calls still to be permitted, as far as is known now. */
    public long queued() {
        return scheduler.waiting() + held.size() + delayed.size();
    }

    /** Whether nothing is left to choose or to release. */
    public boolean isDone() {
        return queued() == 0;
    }

    /** The endpoints that will not be called at all tonight, and why. */
    public Map<Long, NotCalled> notCalled() {
        var all = new HashMap<>(notCalled);
        aside.waiting().filter(call -> call.made() == 0).forEach(call -> all.put(call.endpointId(), NotCalled.SUSPENDED));
        return Map.copyOf(all);
    }

    private void enqueue(Call call) {
        if (!concerns.test(call)) return;
        var why = whyNot(call);
        if (why.isPresent()) drop(List.of(call), why.get());
        else if (aside.isPaused(call)) setAside(call);
        else scheduler.add(call);
    }

    private Optional<NotCalled> whyNot(Call call) {
        return closed.or(() -> keys.provider(call).pace.isParked() ? Optional.of(NotCalled.SUSPENDED) : Optional.empty());
    }

    private void drop(List<Call> calls, NotCalled why) {
        calls.forEach(call -> {
            if (call.made() == 0) notCalled.put(call.endpointId(), why);
            if (why == NotCalled.SUSPENDED) aside.add(call);
            settle(call.endpointId());
        });
    }

    /** Whoever waited for this endpoint waits no longer. */
    private void settle(long endpointId) {
        precedence.settled(endpointId).forEach(backup -> Optional.ofNullable(held.remove(backup)).ifPresent(this::enqueue));
    }
}
