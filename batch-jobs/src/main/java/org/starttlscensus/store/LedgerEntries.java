package org.starttlscensus.store;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.fact.ScheduledRetry;

/** Reads the contact ledger (table {@code permit}) for a replay. */
public final class LedgerEntries {

    private final Database database;

    public LedgerEntries(Database database) {
        this.database = database;
    }

    /**
     * Every permit of a night in the order in which the calls ended; then those without an end, in the order of
     * commits. The rows are read when the result is iterated.
     */
    public ReadAhead<LedgerEntry> ofNight(CensusNight night) {
        return new ReadAhead<>(each -> database.copy(
                Sql.named("permit/of_night"), Map.of("night", night.toString()), row -> each.accept(entry(row))));
    }

    /**
     * The calls of earlier nights that ended within {@code memory} before this night was opened, in the order in which
     * they ended. Then the calls without an end that began no earlier than {@code longestCall} before that time.
     */
    public void before(CensusNight night, Duration memory, Duration longestCall, Consumer<EarlierCall> each) {
        var parameters =
                Map.of("night", night.toString(), "memory", seconds(memory), "longest_call", seconds(longestCall));
        database.copy(
                Sql.named("permit/before_night"),
                parameters,
                row -> each.accept(new EarlierCall(
                        row.address(), row.text().orElseThrow(), row.flag(), row.numbers(), entry(row))));
    }

    private static String seconds(Duration duration) {
        return Double.toString(duration.toNanos() / 1e9);
    }

    /** Reads the columns of {@code of_night}, in their order. */
    private static LedgerEntry entry(CopiedRow row) {
        var endedAt = row.time();
        var endpointId = row.number();
        var attempt = (int) row.number();
        var startAt = row.time().orElseThrow();
        var startedAt = row.time();
        var feedback = feedback(row);
        var scheduledRetry = retry(row);
        var source = row.addressIfAny();
        if (endedAt.isPresent()) {
            return new LedgerEntry.Ended(
                    endpointId, attempt, startAt, startedAt, endedAt.get(), feedback, scheduledRetry, source);
        }
        return new LedgerEntry.Unended(
                row.number(),
                endpointId,
                attempt,
                startAt,
                row.time().orElseThrow(),
                row.text().map(PermitSignal::of).map(LedgerEntries::fate).orElse(LedgerEntry.Fate.OPEN),
                row.flag(),
                probeKind(row),
                source);
    }

    private static LedgerEntry.Fate fate(PermitSignal signal) {
        return switch (signal) {
            case PermitSignal.Unreported.NOT_DIALLED -> LedgerEntry.Fate.NOT_DIALLED;
            case PermitSignal.Unreported.ABANDONED -> LedgerEntry.Fate.ABANDONED;
            case PermitSignal.Classified _ ->
                throw new IllegalStateException("a permit with signal " + signal.label() + " has no end of its call");
        };
    }

    static Optional<Feedback> feedback(CopiedRow row) {
        var kind = row.text();
        var target = row.text();
        var stayAway = row.numberIfAny();
        return kind.map(known -> new Feedback(
                Feedback.Signal.of(known),
                target.map(Feedback.RefusalTarget::of).orElse(Feedback.RefusalTarget.NOBODY),
                stayAway.isEmpty() ? Optional.empty() : Optional.of(Duration.ofSeconds(stayAway.getAsLong()))));
    }

    private static ProbeKind probeKind(CopiedRow row) {
        return row.text().map(ProbeKind::of).orElse(ProbeKind.STANDARD);
    }

    private static Optional<ScheduledRetry> retry(CopiedRow row) {
        var due = row.time();
        var kind = row.text().map(RetryKind::of).orElse(RetryKind.RETRY);
        var patient = row.flag();
        var probeKind = probeKind(row);
        return due.map(at -> new ScheduledRetry(at, patient, probeKind, kind));
    }
}
