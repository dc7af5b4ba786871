package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.PriorKnowledge;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.fact.ScheduledRetry;
import org.starttlscensus.politeness.Limits;

/**
 * A night on a virtual clock: what the call engine, the ledger and the network do around a dispatcher, in one thread.
 * The process may be killed or paused at any moment; then another one replays the ledger and continues.
 */
final class VirtualNight {

    static final Instant DUSK = Instant.parse("2030-01-01T22:00:00Z");

    private record Event(Instant at, long number, Runnable what) {}

    final Limits limits;
    final MaxCallDuration maxDuration;
    final VirtualPlan plan;
    final VirtualServers servers;
    /** Our sources; a test may change them between two processes. */
    List<CallSource> sources;

    final List<VirtualPermit> permits = new ArrayList<>();
    Dispatcher dispatcher;
    Instant now = DUSK;
    /** Whether the machine is too slow now and then, so that permits lapse. */
    boolean hasDelays = true;

    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private final VirtualChecks checks;
    private final Map<Optional<Address>, Instant> nextLaunch = new HashMap<>();
    private long numbered;
    private int underWay;
    private int epoch;

    VirtualNight(Limits limits, MaxCallDuration maxDuration, VirtualPlan plan, Random random) {
        this(limits, maxDuration, plan, CallSource.CHOSEN_BY_SYSTEM, random);
    }

    VirtualNight(
            Limits limits, MaxCallDuration maxDuration, VirtualPlan plan, List<CallSource> sources, Random random) {
        this.sources = sources;
        this.limits = limits;
        this.maxDuration = maxDuration;
        this.plan = plan;
        this.random = random;
        this.servers = new VirtualServers(limits, maxDuration, random);
        this.dispatcher = replayed();
        this.checks = new VirtualChecks(this);
    }

    /** What the checks found wrong. */
    List<String> faults() {
        return checks.faults;
    }

    boolean isOver() {
        return dispatcher.isDone() && underWay == 0;
    }

    /** Runs until the night is over, or to {@code until}. */
    void run(Instant until) {
        while (!isOver() && now.isBefore(until)) {
            while (!events.isEmpty() && !events.peek().at().isAfter(now))
                events.poll().what().run();
            var released = new HashSet<>(dispatcher.releasedBy(now));
            permits.stream()
                    .filter(permit -> released.contains(permit.id) && permit.signal == null)
                    .forEach(permit -> permit.signal = "abandoned");
            var horizon = now.plus(Dispatcher.LOOKAHEAD);
            var chosen = dispatcher.choose(now, horizon, 200);
            if (chosen.isEmpty()) {
                if (!isOver()) now = wakeUp();
                continue;
            }
            chosen.forEach(one -> checks.checkChosen(one, horizon));
            now = now.plusNanos(random.nextInt(20_000_000)); // the commit
            chosen.forEach(this::permit);
        }
    }

    /** Completes and stores the calls in progress, and chooses no other. */
    void drain() {
        while (underWay > 0) {
            var event = events.poll();
            if (event.at().isAfter(now)) now = event.at();
            event.what().run();
        }
    }

    /** Skips to the time that the dispatcher names, not a moment earlier: a time that it misses is never used. */
    private Instant wakeUp() {
        var next = dispatcher.next().map(at -> at.minus(Dispatcher.LOOKAHEAD));
        var event = Optional.ofNullable(events.peek()).map(Event::at);
        var first = next.isEmpty() || (event.isPresent() && event.get().isBefore(next.get())) ? event : next;
        if (first.isEmpty())
            throw new AssertionError("stuck at %s with %d calls queued".formatted(now, dispatcher.queued()));
        var soonest = now.plusMillis(1);
        return first.get().isAfter(soonest) ? first.get() : soonest;
    }

    private void permit(ChosenCall chosen) {
        var permit = new VirtualPermit(permits.size() + 1, epoch, chosen);
        permits.add(permit);
        underWay++;
        var committed = now;
        at(permit.startAt, () -> launch(permit, committed));
    }

    private void launch(VirtualPermit permit, Instant committed) {
        if (permit.signal != null) return; // recalled
        var free = nextLaunch.getOrDefault(permit.source, Instant.EPOCH);
        if (now.isBefore(free)) {
            at(free, () -> launch(permit, committed));
            return;
        }
        if (hasDelays && random.nextInt(100) == 0) now = now.plusSeconds(11);
        nextLaunch.put(permit.source, now.plus(limits.source().gap()));
        permit.isLaunched = true;
        dispatcher.started(permit.call, now);
        if (now.isAfter(permit.dialBefore)) {
            at(soon(now), () -> lapse(permit));
            return;
        }
        checks.checkLaunch(permit.call);
        var made = servers.accept(permit.call, permit.source, committed, now);
        at(made.end(), () -> end(permit, made));
    }

    private void lapse(VirtualPermit permit) {
        permit.signal = "not_dialled";
        underWay--;
        dispatcher.lapsed(permit.call, now);
    }

    private void end(VirtualPermit permit, VirtualServers.VirtualCall made) {
        checks.add(permit, made);
        dispatcher.onFeedback(permit.call, made.feedback(), made.start(), made.end());
        if (dispatcher.isForbidden(permit.call, now)) recall();
        at(soon(now), () -> store(permit, made));
    }

    private void recall() {
        permits.stream()
                .filter(permit -> permit.epoch == epoch
                        && permit.signal == null
                        && !permit.isLaunched
                        && dispatcher.isForbidden(permit.call, permit.startAt))
                .forEach(permit -> {
                    permit.signal = "not_dialled";
                    underWay--;
                    dispatcher.started(permit.call, now);
                    dispatcher.lapsed(permit.call, now);
                });
    }

    private void store(VirtualPermit permit, VirtualServers.VirtualCall made) {
        permit.startedAt = Optional.of(made.start());
        permit.endedAt = Optional.of(made.end());
        permit.feedback = Optional.of(made.feedback());
        permit.signal = made.isNoStarttls() ? "no_starttls" : "other";
        permit.scheduledRetry = retry(permit.call, made);
        underWay--;
        dispatcher.ended(permit.call, made.start(), made.end());
        permit.scheduledRetry.ifPresent(scheduledRetry -> {
            var next = permit.call.next(scheduledRetry.patient());
            if (made.isNoStarttls()) dispatcher.scheduleConfirmation(next, scheduledRetry.due());
            else dispatcher.schedule(next, scheduledRetry.due());
        });
    }

    /** A call that failed for now is repeated, with ordinary or patient deadlines. */
    private Optional<ScheduledRetry> retry(Call call, VirtualServers.VirtualCall made) {
        var again = switch (made.feedback().signal()) {
            case WELCOMED -> made.isNoStarttls() && call.made() < 1;
            case GREYLISTED,
                    TEMPORARY,
                    OVERLOADED,
                    RATE_LIMITED,
                    UNREACHABLE,
                    TARPITTED,
                    LOCAL_ERROR,
                    NO_ROUTE_HERE,
                    NEUTRAL -> call.made() < 2;
            case SUSPECTED, HANDSHAKE_FAILED -> call.made() < 1;
            case BLOCKED, INJECTED, SELF_INFLICTED -> false;
        };
        var due = made.start().plus(limits.endpoint().gap().multipliedBy(1 + random.nextInt(4)));
        return again
                ? Optional.of(new ScheduledRetry(
                        due,
                        random.nextBoolean(),
                        ProbeKind.STANDARD,
                        made.isNoStarttls() ? RetryKind.CONFIRMATION : RetryKind.RETRY))
                : Optional.empty();
    }

    /** kill -9: its connections break, and results that were not stored are lost. */
    void kill() {
        servers.cutOff(now);
        restart();
    }

    /** SIGSTOP: its connections stay open, and it may still dial its permits, up to the last moment. */
    void pause() {
        for (var permit : permits) {
            if (permit.signal != null
                    || servers.calls().stream().anyMatch(made -> made.call().equals(permit.call))) continue;
            var from = permit.startAt.isAfter(now) ? permit.startAt : now;
            if (from.isAfter(permit.dialBefore) || random.nextBoolean()) continue;
            servers.accept(
                    permit.call,
                    permit.source,
                    from,
                    from.plusNanos(random.nextLong(
                            Duration.between(from, permit.dialBefore).toNanos() + 1)));
        }
        restart();
    }

    /** Another process replays the ledger, some moments later. */
    private void restart() {
        events.clear();
        underWay = 0;
        epoch++;
        checks.forgetUnstored();
        now = now.plusNanos(random.nextLong(maxDuration.patient().toNanos() * 2));
        nextLaunch.clear();
        dispatcher = replayed();
    }

    /** A dispatcher rebuilt from the ledger as it stands. */
    Dispatcher replayed() {
        var replay =
                new LedgerReplay(limits, maxDuration, plan.precedence(), PriorKnowledge.NOTHING, sources, _ -> true);
        plan.calls().forEach(replay::planned);
        permits.stream()
                .sorted(Comparator.comparing(permit -> permit.endedAt.orElse(Instant.MAX)))
                .forEach(permit -> replay.replay(permit.entry()));
        return replay.dispatcher();
    }

    /** Endpoints that were called, or may have been by a dead process. */
    Set<Long> called() {
        return permits.stream()
                .filter(permit -> permit.signal != null && !permit.signal.equals("not_dialled"))
                .map(permit -> permit.call.endpointId())
                .collect(Collectors.toSet());
    }

    private void at(Instant when, Runnable what) {
        events.add(new Event(when, numbered++, what));
    }

    private Instant soon(Instant from) {
        return from.plusNanos(random.nextInt(500_000_000));
    }
}
