package org.starttlscensus.store;

import static org.starttlscensus.store.Columns.flags;
import static org.starttlscensus.store.Columns.numbers;
import static org.starttlscensus.store.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Question;
import org.starttlscensus.fact.Reception;

/** Table {@code permit}: the contact ledger. */
public final class Permits {

    /** Signal of a permit that lapsed before it was dialled: it counts in no limit. */
    public static final String NOT_DIALLED = "not_dialled";
    /** Signal of a permit whose process died: it may have been dialled, so it counts in every limit. */
    public static final String ABANDONED = "abandoned";

    private final Database database;
    private final JdbcClient jdbc;

    public Permits(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** A call that was chosen and has no permit yet. */
    public record Chosen(long endpointId, int attempt, boolean patient, Question question, Instant startAt, Instant dialBefore) {

        /** With the ordinary question. */
        public Chosen(long endpointId, int attempt, boolean patient, Instant startAt, Instant dialBefore) {
            this(endpointId, attempt, patient, Question.STANDARD, startAt, dialBefore);
        }
    }

    /**
     * How a permit was used.
     *
     * @param startedAt when the first packet was sent; empty if it never was
     * @param reception what it does to the pace; empty if nothing was dialled
     * @param retry     when the endpoint is due again tonight
     * @param signal    what goes into the ledger, see {@link PastPermit#signal()}
     */
    public record Used(long permitId, Optional<Instant> startedAt, Optional<Instant> endedAt, String signal, Optional<String> rule,
            Optional<Reception> reception, Optional<PastPermit.Retry> retry) {}

    /**
     * Commits permits for the chosen calls, each endpoint at most once. May be repeated where it is not known whether it was
     * done: what stands already under this epoch is found again.
     *
     * @return permit ids by endpoint id
     * @throws FencedException if another process has raised the epoch; then nothing was committed
     */
    public Map<Long, Long> commit(Tenure tenure, List<Chosen> chosen) {
        Map<Long, Long> ids = HashMap.newHashMap(chosen.size());
        RowCallbackHandler note = row -> ids.put(row.getLong("endpoint_id"), row.getLong("permit_id"));
        ask("permit/commit", tenure, chosen)
                .param("patient", flags(chosen, one -> Optional.of(one.patient())))
                .param("questions", texts(chosen, one -> Optional.of(one.question().label())))
                .param("starts", texts(chosen, one -> Optional.of(one.startAt().toString())))
                .param("dial_befores", texts(chosen, one -> Optional.of(one.dialBefore().toString())))
                .query(note);
        if (ids.size() < chosen.size()) ask("permit/committed", tenure, chosen).query(note);
        if (ids.size() == chosen.size()) return ids;
        throw FencedException.of(tenure);
    }

    private JdbcClient.StatementSpec ask(String statement, Tenure tenure, List<Chosen> chosen) {
        return jdbc.sql(Sql.named(statement))
                .param("night", tenure.night().date())
                .param("epoch", tenure.epoch())
                .param("endpoint_ids", chosen.stream().mapToLong(Chosen::endpointId).toArray())
                .param("attempts", chosen.stream().mapToInt(Chosen::attempt).toArray());
    }

    /** Closes permits whose calls ended; one closed before stays as it was, unless it was given up for abandoned. */
    public void close(List<Used> used, Instant now) {
        jdbc.sql(Sql.named("permit/close"))
                .param("now", Times.of(now))
                .param("permit_ids", used.stream().mapToLong(Used::permitId).toArray())
                .param("started", texts(used, one -> one.startedAt().map(Instant::toString)))
                .param("ended", texts(used, one -> one.endedAt().map(Instant::toString)))
                .param("signals", texts(used, one -> Optional.of(one.signal())))
                .param("rules", texts(used, Used::rule))
                .param("receptions", texts(used, one -> one.reception().map(how -> how.kind().label())))
                .param("namings", texts(used, one -> one.reception().map(how -> how.naming().label())))
                .param("stay_away", numbers(used, one -> one.reception().flatMap(Reception::stayAway).map(asked -> (int) asked.toSeconds())))
                .param("retry_at", texts(used, one -> one.retry().map(retry -> retry.due().toString())))
                .param("retry_patient", flags(used, one -> one.retry().map(PastPermit.Retry::patient)))
                .param("retry_questions", texts(used, one -> one.retry().map(retry -> retry.question().label())))
                .update();
    }

    public void abandon(List<Long> permitIds, Instant now) {
        jdbc.sql(Sql.named("permit/abandon")).param("now", Times.of(now))
                .param("permit_ids", permitIds.stream().mapToLong(Long::longValue).toArray()).update();
    }

    /** Which of these were given up, or left open, by a process that reported on them after all. */
    public List<PastPermit> reported(List<Long> permitIds) {
        return jdbc.sql(Sql.named("permit/reported"))
                .param("permit_ids", permitIds.stream().mapToLong(Long::longValue).toArray())
                .query((row, _) -> past(row)).list();
    }

    /** Every permit of a night in the order in which its call ended; then those without an end, in the order of commits. */
    public void ofNight(CensusNight night, Consumer<PastPermit> each) {
        database.transactions().executeWithoutResult(_ -> {
            jdbc.sql(Sql.named("list/work_memory")).query(String.class).single();
            database.stream(Sql.named("permit/of_night"), Map.of("night", night.date()), row -> each.accept(past(row)));
        });
    }

    private static Optional<Reception> reception(ResultSet row) throws SQLException {
        var kind = row.getString("reception");
        if (kind == null) return Optional.empty();
        return Optional.of(new Reception(Reception.Kind.of(kind), Reception.Naming.of(row.getString("naming")),
                Optional.ofNullable(row.getObject("stay_away_s", Integer.class)).map(Duration::ofSeconds)));
    }

    private static PastPermit past(ResultSet row) throws SQLException {
        var due = Times.read(row, "retry_at");
        return new PastPermit(row.getLong("permit_id"), row.getLong("endpoint_id"), row.getInt("attempt"),
                Times.read(row, "start_at").orElseThrow(), Times.read(row, "dial_before").orElseThrow(),
                Times.read(row, "started_at"), Times.read(row, "ended_at"),
                Optional.ofNullable(row.getString("signal")), row.getBoolean("patient"), reception(row),
                Question.of(row.getString("question")),
                due.isEmpty() ? Optional.empty() : Optional.of(new PastPermit.Retry(due.get(), row.getBoolean("retry_patient"),
                        Optional.ofNullable(row.getString("retry_question")).map(Question::of).orElse(Question.STANDARD))));
    }
}
