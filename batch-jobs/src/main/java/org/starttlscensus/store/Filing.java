package org.starttlscensus.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/**
 * Tables {@code server_state}, {@code server_night}, {@code server_revision} and {@code night_version}: where the
 * verdicts of a night go from {@code assessed_server} when all of them are there. A state that was seen before is not
 * stored again. All of it is one transaction, so a night is filed whole or not at all, and only once.
 */
public final class Filing {

    private static final List<String> STATES = List.of("stage", "add_servers", "statistics", "add_states");

    /** See {@link #knownUntil}. */
    static final String WITHOUT_END = "infinity";

    private final Database database;
    private final JdbcClient jdbc;

    public Filing(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** What waits to be filed: how many servers, and the version that judged them, unless there were several. */
    private record Assessed(int servers, Optional<String> methodVersion, Optional<String> lastVersion) {}

    /** Whether the servers of a night are filed, and none waits. */
    public boolean isFiled(CensusNight night) {
        return jdbc.sql(Sql.named("filing/is_filed"))
                .param("night", night.date())
                .query(Boolean.class)
                .single();
    }

    /** The version by which a night was judged and is published; empty if its servers are not filed yet. */
    public Optional<String> publishedVersion(CensusNight night) {
        return jdbc.sql(Sql.named("filing/version"))
                .param("night", night.date())
                .query(String.class)
                .optional();
    }

    /** Until when facts count for the verdicts of a night, for PostgreSQL: until it was judged for publication. */
    static String knownUntil(JdbcClient jdbc, CensusNight night) {
        return jdbc.sql(Sql.named("verdict/known_until"))
                .param("night", night.date())
                .query(String.class)
                .single();
    }

    /** Whether servers wait that another version judged. */
    public boolean hasOthersThan(CensusNight night, String methodVersion) {
        return jdbc.sql(Sql.named("filing/other_versions"))
                        .param("night", night.date())
                        .param("method_version", methodVersion)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Removes what waits to be filed. */
    public void clear(CensusNight night) {
        update("clear_assessed", night, Map.of());
    }

    /**
     * Files a night's own verdicts, which will be published. What an earlier try has filed is replaced.
     *
     * @param methodVersion the version of a night that has no server
     */
    public void publish(CensusNight night, String methodVersion, Instant now) {
        database.transactions().executeWithoutResult(_ -> {
            var assessed = assessed(night);
            update("clear_night", night, Map.of());
            update("clear_version", night, Map.of());
            addVersion(night, versionOf(assessed, night).orElse(methodVersion), true, now);
            addStates(night, assessed);
            if (update("add_night", night, Map.of()) != assessed.servers()) throw incomplete(night, assessed);
            clear(night);
        });
    }

    /** Files verdicts of a later version beside those that were published: only where they differ. */
    public void revise(CensusNight night, String methodVersion, Instant now) {
        database.transactions().executeWithoutResult(_ -> {
            var assessed = assessed(night);
            addVersion(night, methodVersion, false, now);
            addStates(night, assessed);
            update("add_revisions", night, Map.of("method_version", methodVersion));
            clear(night);
        });
    }

    /** Runs ANALYZE on what a night was filed in. Call this outside the transaction that filed it. */
    public void analyze(CensusNight night) {
        jdbc.sql(Sql.named("filing/analyze_states")).update();
        jdbc.sql(Sql.named("filing/analyze"))
                .param("night", night.date())
                .query((_, _) -> true)
                .single();
    }

    private void addVersion(CensusNight night, String methodVersion, boolean isPublished, Instant now) {
        update(
                "add_version",
                night,
                Map.of("method_version", methodVersion, "is_published", isPublished, "now", Times.of(now)));
    }

    private void addStates(CensusNight night, Assessed assessed) {
        for (var statement : STATES) {
            var rows = update(statement, night, Map.of());
            if (statement.equals("add_servers") && rows != assessed.servers()) throw incomplete(night, assessed);
        }
    }

    private Assessed assessed(CensusNight night) {
        return jdbc.sql(Sql.named("filing/assessed"))
                .param("night", night.date())
                .query((row, _) -> new Assessed(
                        row.getInt("servers"),
                        Optional.ofNullable(row.getString("method_version")),
                        Optional.ofNullable(row.getString("last_version"))))
                .single();
    }

    private static Optional<String> versionOf(Assessed assessed, CensusNight night) {
        if (assessed.methodVersion().equals(assessed.lastVersion())) return assessed.methodVersion();
        throw new IllegalStateException("night %s: servers were judged by several versions: %s to %s"
                .formatted(
                        night,
                        assessed.methodVersion().orElseThrow(),
                        assessed.lastVersion().orElseThrow()));
    }

    private static IllegalStateException incomplete(CensusNight night, Assessed assessed) {
        return new IllegalStateException(
                "night %s: of %d servers that were judged, some have no plan".formatted(night, assessed.servers()));
    }

    private int update(String statement, CensusNight night, Map<String, ?> parameters) {
        return jdbc.sql(Sql.named("filing/" + statement))
                .param("night", night.date())
                .params(parameters)
                .update();
    }
}
