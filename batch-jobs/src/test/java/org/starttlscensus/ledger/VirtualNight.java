package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.PriorKnowledge;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.fact.ScheduledRetry;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.store.LedgerEntry;

/**
 * A night on a virtual clock: what the call engine, the ledger and the network do around a dispatcher, in one thread.
 * The process may be killed or paused at any moment; then another one folds the ledger and goes on.
 */
final class VirtualNight {

    static final Instant DUSK = Instant.parse("2030-01-01T22:00:00Z");

    /** A row of the ledger. */
    static final class Row {
        final long id;
        final Call call;
        final Instant startAt;
        final Instant dialBefore;
        final int epoch;
        Optional<Instant> startedAt = Optional.empty();
        Optional<Instant> endedAt = Optional.empty();
        Optional<Feedback> feedback = Optional.empty();
        Optional<ScheduledRetry> scheduledRetry = Optional.empty();
        /** A reply class, {@code not_dialled} or {@code abandoned}; none while it is open. */
        @Nullable
        String signal;

        boolean isLaunched;

        Row(long id, int epoch, ChosenCall chosen) {
            this.id = id;
            this.epoch = epoch;
            this.call = chosen.call();
            this.startAt = chosen.startAt();
            this.dialBefore = chosen.dialBefore();
        }

        private LedgerEntry past() {
            if (endedAt.isPresent()) {
                return new LedgerEntry.Ended(
                        call.endpointId(), call.number(), startAt, startedAt, endedAt.get(), feedback, scheduledRetry);
            }
            return new LedgerEntry.Unended(
                    id,
                    call.endpointId(),
                    call.number(),
                    startAt,
                    dialBefore,
                    signal == null ? LedgerEntry.Fate.OPEN : LedgerEntry.Fate.valueOf(signal.toUpperCase(Locale.ROOT)),
                    call.patient(),
                    call.probeKind());
        }
    }

    private record Event(Instant at, long number, Runnable what) {}

    /** What a process heard; it knows it for as long as it lives, and the ledger from when it is stored. */
    private record Heard(Row row, VirtualServers.Visit visit) {}

    final Limits limits;
    final MaxCallDuration maxDuration;
    final VirtualPlan plan;
    final VirtualServers servers;
    final List<Row> rows = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    Dispatcher dispatcher;
    Instant now = DUSK;
    /** Whether the machine is out of breath now and then, and permits lapse. */
    boolean outOfBreath = true;

    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private final Map<String, List<Heard>> heard = new HashMap<>();
    private Instant nextLaunch = Instant.EPOCH;
    private long numbered;
    private int underWay;
    private int epoch;

    VirtualNight(Limits limits, MaxCallDuration maxDuration, VirtualPlan plan, Random random) {
        this.limits = limits;
        this.maxDuration = maxDuration;
        this.plan = plan;
        this.random = random;
        this.servers = new VirtualServers(limits, maxDuration, random);
        this.dispatcher = folded();
    }

    boolean isOver() {
        return dispatcher.isDone() && underWay == 0;
    }

    /** Goes on until the night is over or {@code until} has come. */
    void run(Instant until) {
        while (!isOver() && now.isBefore(until)) {
            while (!events.isEmpty() && !events.peek().at().isAfter(now))
                events.poll().what().run();
            var released = new HashSet<>(dispatcher.releasedBy(now));
            rows.stream()
                    .filter(row -> released.contains(row.id) && row.signal == null)
                    .forEach(row -> row.signal = "abandoned");
            var horizon = now.plus(Dispatcher.LOOKAHEAD);
            var chosen = dispatcher.choose(now, horizon, 200);
            if (chosen.isEmpty()) {
                if (!isOver()) now = wakeUp();
                continue;
            }
            chosen.forEach(one -> inspect(one, horizon));
            now = now.plusNanos(random.nextInt(20_000_000)); // the commit
            chosen.forEach(this::permit);
        }
    }

    /** Nobody more is chosen until every call is over and stored. */
    void drain() {
        while (underWay > 0) {
            var event = events.poll();
            if (event.at().isAfter(now)) now = event.at();
            event.what().run();
        }
    }

    /** Sleeps exactly as long as the dispatcher says, not a moment shorter: what it does not name is never chosen. */
    private Instant wakeUp() {
        var next = dispatcher.next().map(at -> at.minus(Dispatcher.LOOKAHEAD));
        var event = Optional.ofNullable(events.peek()).map(Event::at);
        var first = next.isEmpty() || (event.isPresent() && event.get().isBefore(next.get())) ? event : next;
        if (first.isEmpty())
            throw new AssertionError("stuck at %s with %d calls queued".formatted(now, dispatcher.queued()));
        var soonest = now.plusMillis(1);
        return first.get().isAfter(soonest) ? first.get() : soonest;
    }

    private void inspect(ChosenCall chosen, Instant horizon) {
        var known = heard.getOrDefault(chosen.call().provider(), List.of());
        var pace = pace(chosen.call().provider());
        if (chosen.startAt().isAfter(horizon)) faults.add("chosen for " + chosen.startAt() + ", beyond " + horizon);
        if (pace.isExcluded()) faults.add("chosen though its provider is parked: " + chosen);
        pace.suspendedUntil()
                .filter(until -> chosen.startAt().isBefore(until))
                .ifPresent(until -> faults.add(
                        "chosen before %s, until when its provider is suspended: %s".formatted(until, chosen)));
        plan.primariesBefore(chosen.call().endpointId())
                .filter(primary -> !isSettled(primary))
                .forEach(primary -> faults.add("backup chosen before its primary %d: %s".formatted(primary, chosen)));
        if (limits.timeScale() == 0 || known.isEmpty()) return;
        var free = known.stream()
                .map(one -> one.visit().start())
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(pace.gap());
        if (chosen.startAt().isBefore(free))
            faults.add("chosen before %s, where the pace allows it: %s".formatted(free, chosen));
    }

    /** What the process knows of a provider adds up to this. */
    private Pace pace(String provider) {
        var pace = Pace.starting(limits, provider);
        for (var one : heard.getOrDefault(provider, List.of()))
            pace = pace.after(one.visit().callFeedback());
        return pace;
    }

    /** Called once, or nobody waits for it: it will not be called. */
    private boolean isSettled(long endpointId) {
        return dispatcher.notCalled().containsKey(endpointId)
                || rows.stream()
                        .anyMatch(row -> row.call.endpointId() == endpointId
                                && row.signal != null
                                && !row.signal.equals("not_dialled"));
    }

    private void permit(ChosenCall chosen) {
        var row = new Row(rows.size() + 1, epoch, chosen);
        rows.add(row);
        underWay++;
        var committed = now;
        at(row.startAt, () -> launch(row, committed));
    }

    private void launch(Row row, Instant committed) {
        if (row.signal != null) return; // taken back
        if (now.isBefore(nextLaunch)) {
            at(nextLaunch, () -> launch(row, committed));
            return;
        }
        if (outOfBreath && random.nextInt(100) == 0) now = now.plusSeconds(11);
        nextLaunch = now.plus(limits.source().gap());
        row.isLaunched = true;
        dispatcher.started(row.call, now);
        if (now.isAfter(row.dialBefore)) {
            at(soon(now), () -> lapse(row));
            return;
        }
        inspectLaunch(row.call);
        var visit = servers.accept(row.call, committed, now);
        at(visit.end(), () -> hear(row, visit));
    }

    /** What a provider said before this moment holds at this moment: not what was chosen counts, but who is called. */
    private void inspectLaunch(Call call) {
        if (limits.timeScale() == 0) return;
        for (var one : heard.getOrDefault(call.provider(), List.of())) {
            var until = one.visit().end().plus(limits.scaled(Duration.ofMinutes(15)));
            if (one.visit().feedback().signal() == Feedback.Signal.RATE_LIMITED && now.isBefore(until)) {
                faults.add("called at %s though it asked for peace: %s".formatted(now, one.visit()));
            }
        }
        if (servers.openAt(call.provider(), now) >= pace(call.provider()).window())
            faults.add("one too many at " + call + " at " + now);
    }

    private void lapse(Row row) {
        row.signal = "not_dialled";
        underWay--;
        dispatcher.lapsed(row.call, now);
    }

    private void hear(Row row, VirtualServers.Visit visit) {
        heard.computeIfAbsent(row.call.provider(), _ -> new ArrayList<>()).add(new Heard(row, visit));
        dispatcher.onFeedback(row.call, visit.feedback(), visit.start(), visit.end());
        if (dispatcher.isForbidden(row.call, now)) recall();
        at(soon(now), () -> store(row, visit));
    }

    private void recall() {
        rows.stream()
                .filter(row -> row.epoch == epoch
                        && row.signal == null
                        && !row.isLaunched
                        && dispatcher.isForbidden(row.call, row.startAt))
                .forEach(row -> {
                    row.signal = "not_dialled";
                    underWay--;
                    dispatcher.started(row.call, now);
                    dispatcher.lapsed(row.call, now);
                });
    }

    private void store(Row row, VirtualServers.Visit visit) {
        row.startedAt = Optional.of(visit.start());
        row.endedAt = Optional.of(visit.end());
        row.feedback = Optional.of(visit.feedback());
        row.signal = visit.isNoStarttls() ? "no_starttls" : "other";
        row.scheduledRetry = retry(row.call, visit);
        underWay--;
        dispatcher.ended(row.call, visit.start(), visit.end());
        row.scheduledRetry.ifPresent(scheduledRetry -> {
            var next = row.call.next(scheduledRetry.patient());
            if (visit.isNoStarttls()) dispatcher.scheduleConfirmation(next, scheduledRetry.due());
            else dispatcher.schedule(next, scheduledRetry.due());
        });
    }

    /** Who put us off is called again, with or without more patience. */
    private Optional<ScheduledRetry> retry(Call call, VirtualServers.Visit visit) {
        var again = switch (visit.feedback().signal()) {
            case WELCOMED -> visit.isNoStarttls() && call.made() < 1;
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
        var due = visit.start().plus(limits.endpoint().gap().multipliedBy(1 + random.nextInt(4)));
        return again
                ? Optional.of(new ScheduledRetry(
                        due,
                        random.nextBoolean(),
                        ProbeKind.STANDARD,
                        visit.isNoStarttls() ? RetryKind.CONFIRMATION : RetryKind.RETRY))
                : Optional.empty();
    }

    /** kill -9: its connections break, and what it had not stored is lost. */
    void kill() {
        servers.cutOff(now);
        succeed();
    }

    /** SIGSTOP: its connections stay, and what it was about to dial it still may, up to the last moment. */
    void pause() {
        for (var row : rows) {
            if (row.signal != null
                    || servers.visits().stream().anyMatch(visit -> visit.call().equals(row.call))) continue;
            var from = row.startAt.isAfter(now) ? row.startAt : now;
            if (from.isAfter(row.dialBefore) || random.nextBoolean()) continue;
            servers.accept(
                    row.call,
                    from,
                    from.plusNanos(random.nextLong(
                            Duration.between(from, row.dialBefore).toNanos() + 1)));
        }
        succeed();
    }

    /** The next process folds the ledger, some moments later. */
    private void succeed() {
        events.clear();
        underWay = 0;
        epoch++;
        heard.values().forEach(known -> known.removeIf(one -> one.row().signal == null));
        now = now.plusNanos(random.nextLong(maxDuration.patient().toNanos() * 2));
        nextLaunch = Instant.EPOCH;
        dispatcher = folded();
    }

    /** A dispatcher rebuilt from the ledger as it stands. */
    Dispatcher folded() {
        var replay = new LedgerReplay(limits, maxDuration, plan.precedence(), PriorKnowledge.NOTHING, _ -> true);
        plan.calls().forEach(replay::planned);
        rows.stream()
                .sorted(Comparator.comparing(row -> row.endedAt.orElse(Instant.MAX)))
                .forEach(row -> replay.replay(row.past()));
        return replay.dispatcher();
    }

    /** Who was called, or may have been by a process that died. */
    Set<Long> called() {
        return rows.stream()
                .filter(row -> row.signal != null && !row.signal.equals("not_dialled"))
                .map(row -> row.call.endpointId())
                .collect(Collectors.toSet());
    }

    private void at(Instant when, Runnable what) {
        events.add(new Event(when, numbered++, what));
    }

    private Instant soon(Instant from) {
        return from.plusNanos(random.nextInt(500_000_000));
    }
}
