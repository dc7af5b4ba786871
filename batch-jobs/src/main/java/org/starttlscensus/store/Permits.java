package org.starttlscensus.store;

import static org.starttlscensus.store.Columns.flags;
import static org.starttlscensus.store.Columns.numbers;
import static org.starttlscensus.store.Columns.texts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ScheduledRetry;

/** Table {@code permit}: the contact ledger. */
public final class Permits {

    private final Database database;
    private final JdbcClient jdbc;

    public Permits(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /**
     * A selected call that has no permit yet.
     *
     * @param source our address that it is made from; empty if the operating system chooses it
     */
    public record Chosen(
            long endpointId,
            int attempt,
            boolean patient,
            ProbeKind probeKind,
            Optional<Address> source,
            Instant startAt,
            Instant dialBefore) {

        /** One whose source the operating system chooses. */
        public Chosen(
                long endpointId,
                int attempt,
                boolean patient,
                ProbeKind probeKind,
                Instant startAt,
                Instant dialBefore) {
            this(endpointId, attempt, patient, probeKind, Optional.empty(), startAt, dialBefore);
        }
    }

    /**
     * How a permit was used.
     *
     * @param startedAt      when the first packet was sent; empty if none was sent
     * @param feedback       effect on the pace; empty if no connection was opened
     * @param scheduledRetry when the endpoint is due again tonight
     * @param waitWords      the words in which the peer asked us to stay away
     */
    public record Used(
            long permitId,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            PermitSignal signal,
            Optional<String> rule,
            Optional<Feedback> feedback,
            Optional<ScheduledRetry> scheduledRetry,
            Optional<String> waitWords) {

        /** One that did not ask us to stay away. */
        public Used(
                long permitId,
                Optional<Instant> startedAt,
                Optional<Instant> endedAt,
                PermitSignal signal,
                Optional<String> rule,
                Optional<Feedback> feedback,
                Optional<ScheduledRetry> scheduledRetry) {
            this(permitId, startedAt, endedAt, signal, rule, feedback, scheduledRetry, Optional.empty());
        }
    }

    /**
     * Commits permits for the chosen calls, each endpoint at most once. May be repeated if the answer was lost: permits
     * that are already stored under this epoch are found again. If one answer is {@link CommitAnswer.Fenced}, another
     * process has incremented the epoch, and none of these calls may be made.
     *
     * @return an answer for each, by endpoint id
     */
    public Map<Long, CommitAnswer> commit(NightLease lease, List<Chosen> chosen) {
        Map<Long, CommitAnswer> answers = HashMap.newHashMap(chosen.size());
        RowCallbackHandler granted = row -> answers.put(
                row.getLong("endpoint_id"),
                new CommitAnswer.Granted(row.getLong("permit_id"), new Hostname(row.getString("mx_host"))));
        ask("permit/commit", lease, chosen)
                .param("attempts", attempts(chosen))
                .param("sources", texts(chosen, one -> one.source().map(Address::toString)))
                .param("patient", flags(chosen, one -> Optional.of(one.patient())))
                .param(
                        "kinds",
                        texts(chosen, one -> Optional.of(one.probeKind().kind().label())))
                .param(
                        "questions",
                        texts(chosen, one -> Optional.of(one.probeKind().label())))
                .param("starts", texts(chosen, one -> Optional.of(one.startAt().toString())))
                .param(
                        "dial_befores",
                        texts(chosen, one -> Optional.of(one.dialBefore().toString())))
                .query(granted);
        if (answers.size() == chosen.size()) return answers;
        ask("permit/committed", lease, chosen)
                .param("attempts", attempts(chosen))
                .query(granted);
        if (answers.size() == chosen.size()) return answers;
        RowCallbackHandler refused = row -> answers.putIfAbsent(
                row.getLong("endpoint_id"),
                row.getBoolean("is_opted_out") ? new CommitAnswer.OptedOut() : new CommitAnswer.NotNow());
        ask("permit/opted_out", lease, chosen).query(refused);
        chosen.forEach(one -> answers.putIfAbsent(one.endpointId(), new CommitAnswer.Fenced()));
        return answers;
    }

    private JdbcClient.StatementSpec ask(String statement, NightLease lease, List<Chosen> chosen) {
        return jdbc.sql(Sql.named(statement))
                .param("night", lease.night().date())
                .param("epoch", lease.epoch())
                .param(
                        "endpoint_ids",
                        chosen.stream().mapToLong(Chosen::endpointId).toArray());
    }

    private static int[] attempts(List<Chosen> chosen) {
        return chosen.stream().mapToInt(Chosen::attempt).toArray();
    }

    /**
     * Closes permits of a night whose calls ended. A permit that is already closed stays unchanged, unless it was closed
     * as abandoned.
     */
    public void close(CensusNight night, List<Used> used, Instant now) {
        jdbc.sql(Sql.named("permit/close"))
                .param("night", night.date())
                .param("now", Times.of(now))
                .param("permit_ids", used.stream().mapToLong(Used::permitId).toArray())
                .param("started", texts(used, one -> one.startedAt().map(Instant::toString)))
                .param("ended", texts(used, one -> one.endedAt().map(Instant::toString)))
                .param("signals", texts(used, one -> Optional.of(one.signal().label())))
                .param("rules", texts(used, Used::rule))
                .param(
                        "receptions",
                        texts(
                                used,
                                one -> one.feedback().map(how -> how.signal().label())))
                .param(
                        "namings",
                        texts(
                                used,
                                one -> one.feedback().map(how -> how.target().label())))
                .param(
                        "stay_away",
                        numbers(
                                used,
                                one -> one.feedback()
                                        .flatMap(Feedback::stayAway)
                                        .map(stayAway -> (int) stayAway.toSeconds())))
                .param("stay_away_said", texts(used, Used::waitWords))
                .param(
                        "retry_at",
                        texts(
                                used,
                                one -> one.scheduledRetry()
                                        .map(scheduledRetry ->
                                                scheduledRetry.due().toString())))
                .param(
                        "retry_kinds",
                        texts(
                                used,
                                one -> one.scheduledRetry()
                                        .map(scheduledRetry ->
                                                scheduledRetry.kind().label())))
                .param("retry_patient", flags(used, one -> one.scheduledRetry().map(ScheduledRetry::patient)))
                .param(
                        "retry_questions",
                        texts(
                                used,
                                one -> one.scheduledRetry()
                                        .map(scheduledRetry ->
                                                scheduledRetry.probeKind().label())))
                .update();
    }

    /** @param night the night in which they still count; some may be of an earlier one */
    public void abandon(CensusNight night, List<Long> permitIds, Instant now) {
        jdbc.sql(Sql.named("permit/abandon"))
                .param("night", night.date())
                .param("now", Times.of(now))
                .param(
                        "permit_ids",
                        permitIds.stream().mapToLong(Long::longValue).toArray())
                .update();
    }

    /** A call by a process that was assumed dead. */
    public record Report(long permitId, Instant startedAt, Instant endedAt, Feedback feedback) {}

    /**
     * The calls of these open or abandoned permits, of this night or shortly before, that were reported after all. In
     * the order in which they ended.
     */
    public List<Report> reported(CensusNight night, List<Long> permitIds) {
        var reported = new ArrayList<Report>();
        var ids = permitIds.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        database.copy(
                Sql.named("permit/reported"),
                Map.of("night", night.toString(), "permit_ids", ids),
                row -> reported.add(new Report(
                        row.number(),
                        row.time().orElseThrow(),
                        row.time().orElseThrow(),
                        LedgerEntries.feedback(row).orElseThrow())));
        return reported;
    }
}
