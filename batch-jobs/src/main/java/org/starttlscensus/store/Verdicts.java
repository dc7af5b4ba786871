package org.starttlscensus.store;

import static org.starttlscensus.store.Columns.flags;
import static org.starttlscensus.store.Columns.ids;
import static org.starttlscensus.store.Columns.numbers;
import static org.starttlscensus.store.Columns.texts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;

/** A night's verdicts while it is judged, in {@code assessed_server}, and on its domains. See {@link Filing}. */
public final class Verdicts {

    /** What confirms "no STARTTLS". In this order: each statement reads temporary tables of the earlier ones. */
    static final List<String> RULES = List.of(
            "statistics_looks",
            "add_pairs",
            "statistics_pairs",
            "add_refusals",
            "statistics_refusals",
            "add_nights",
            "statistics_nights",
            "add_histories",
            "add_confirmed");

    private static final List<String> CONFIRMATION = Stream.of(
                    Stream.of("stage", "add_looks"), RULES.stream(), Stream.of("confirm", "mark_inconsistent"))
            .flatMap(statements -> statements)
            .toList();

    private final Database database;
    private final JdbcClient jdbc;

    public Verdicts(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** The number of a night's servers with one outcome. */
    public record OutcomeCount(String outcome, Optional<Boolean> starttls, long servers) {}

    /** Stores verdicts on servers until they are filed; earlier ones on the same servers are replaced. */
    public void save(CensusNight night, String methodVersion, List<ServerVerdictRow> rows) {
        jdbc.sql(Sql.named("verdict/save_servers"))
                .param("night", night.date())
                .param("method_version", methodVersion)
                .param(
                        "endpoint_ids",
                        rows.stream().mapToLong(ServerVerdictRow::endpointId).toArray())
                .param("outcomes", texts(rows, row -> Optional.of(row.outcome())))
                .param("starttls", flags(rows, ServerVerdictRow::starttls))
                .param("usable", flags(rows, ServerVerdictRow::usable))
                .param("reply_codes", numbers(rows, ServerVerdictRow::replyCode))
                .param("enhanced_codes", texts(rows, ServerVerdictRow::enhancedCode))
                .param("profiles", ids(rows, ServerVerdictRow::tlsProfileId))
                .param(
                        "leaves",
                        rows.stream()
                                .map(row ->
                                        row.leafSha256().map(Octets::toArray).orElse(null))
                                .toArray(byte[][]::new))
                .param("chains", texts(rows, row -> row.chain().map(ServerVerdictRow.Chain::status)))
                .param("chain_ok", chain(rows, ServerVerdictRow.Chain::chainOk))
                .param("expired", chain(rows, ServerVerdictRow.Chain::expired))
                .param("not_yet_valid", chain(rows, ServerVerdictRow.Chain::notYetValid))
                .param("self_signed", chain(rows, ServerVerdictRow.Chain::selfSigned))
                .param("weak_keys", chain(rows, ServerVerdictRow.Chain::weakKey))
                .param("weak_signatures", chain(rows, ServerVerdictRow.Chain::weakSignature))
                .param("name_matches", texts(rows, ServerVerdictRow::nameMatch))
                .param(
                        "attempts",
                        rows.stream().mapToInt(ServerVerdictRow::attempts).toArray())
                .param("observed", texts(rows, row -> row.observedAt().map(Instant::toString)))
                .param("details", texts(rows, ServerVerdictRow::detail))
                .param("flags", texts(rows, row -> Optional.of(String.join(" ", row.flags()))))
                .param("known", texts(rows, ServerVerdictRow::chainWithKnownIntermediates))
                .param("revoked", flags(rows, ServerVerdictRow::revoked))
                .update();
    }

    /**
     * Confirms "no STARTTLS" where two observations agree and nothing contradicts them. The verdicts on all servers
     * must be saved. Of a night that was published, calls that came after its judging change nothing.
     *
     * @param gap minimum time between the two observations
     */
    public void confirm(CensusNight night, Duration gap) {
        database.transactions().executeWithoutResult(_ -> {
            jdbc.sql(Sql.named("verdict/analyze_assessed")).update();
            var knownUntil = Filing.knownUntil(jdbc, night);
            for (var statement : CONFIRMATION) {
                jdbc.sql(Sql.named("confirmation/" + statement))
                        .param("night", night.date())
                        .param("gap_seconds", gap.toMillis() / 1_000.0)
                        .param("known_until", knownUntil)
                        .update();
            }
        });
    }

    /**
     * Copies verdicts to the names that were not sampled tonight from their donor on the same address, which is a name
     * that was called, if any was. Call this after {@link #confirm}.
     */
    public void inherit(CensusNight night) {
        jdbc.sql(Sql.named("verdict/settle_donors"))
                .param("night", night.date())
                .update();
        jdbc.sql(Sql.named("verdict/inherit")).param("night", night.date()).update();
    }

    /**
     * Replaces the roll-up of servers to hosts and domains. Call this after {@link #inherit}. What is concluded as
     * before costs no write. If later nights were judged, because this one could not be closed before them, it is put
     * in before them, and what is shown of them stays.
     */
    public void rollUpDomains(CensusNight night, String methodVersion) {
        database.transactions().executeWithoutResult(_ -> {
            forgetDomains(night);
            judgeDomains(night, methodVersion);
            if (isLaterJudged(night)) {
                update("verdict/place_spans", night, methodVersion);
            } else {
                update("verdict/save_spans", night, methodVersion);
                update("opt_out/end_states", night, methodVersion);
                update("opt_out/end_routes", night, methodVersion);
            }
            jdbc.sql(Sql.named("verdict/analyze_spans")).update();
        });
    }

    /**
     * Stores what a later version concludes about the domains of a night beside what was published: only where it
     * differs. The night's servers must be filed by that version.
     */
    public void reviseDomains(CensusNight night, String methodVersion) {
        database.transactions().executeWithoutResult(_ -> {
            judgeDomains(night, methodVersion);
            update("reassessment/revise_domains", night, methodVersion);
        });
    }

    /** Takes back what the roll-up of a night changed. */
    void forgetDomains(CensusNight night) {
        jdbc.sql(Sql.named("verdict/clear_domains"))
                .param("night", night.date())
                .update();
    }

    private void judgeDomains(CensusNight night, String methodVersion) {
        jdbc.sql(Sql.named("transaction/work_memory")).query(String.class).single();
        TonightTables.stage(jdbc, night, methodVersion);
        for (var statement : List.of("stage_domains", "save_domains", "statistics_domains"))
            update("verdict/" + statement, night, methodVersion);
    }

    private boolean isLaterJudged(CensusNight night) {
        return jdbc.sql(Sql.named("verdict/later_domains"))
                .param("night", night.date())
                .query(Boolean.class)
                .single();
    }

    private void update(String statement, CensusNight night, String methodVersion) {
        jdbc.sql(Sql.named(statement))
                .param("night", night.date())
                .param("method_version", methodVersion)
                .update();
    }

    public List<OutcomeCount> outcomes(CensusNight night) {
        return jdbc.sql(Sql.named("verdict/outcomes"))
                .param("night", night.date())
                .query((row, _) -> new OutcomeCount(
                        row.getString("outcome"),
                        Optional.ofNullable(row.getObject("starttls", Boolean.class)),
                        row.getLong("servers")))
                .list();
    }

    private static Boolean[] chain(List<ServerVerdictRow> rows, Function<ServerVerdictRow.Chain, Boolean> flag) {
        return flags(rows, row -> row.chain().map(flag));
    }
}
