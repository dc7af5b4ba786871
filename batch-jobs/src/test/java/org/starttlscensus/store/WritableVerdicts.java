package org.starttlscensus.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.starttlscensus.fact.CensusNight;

/**
 * Lets a test write the view {@code server_verdict} as if it were a table: the states, the rows of a night and its
 * version come of it. The program files a whole night at once, see {@link Filing}.
 */
public final class WritableVerdicts {

    private WritableVerdicts() {}

    /** Makes a later version of a night the published one, as if the night had been judged by it at once. */
    public static void publish(Database database, CensusNight night, String methodVersion) {
        for (var statement : List.of(
                """
                UPDATE census.server_night AS judged
                SET state_id = later.state_id, attempts = later.attempts, observed_at = later.observed_at
                FROM census.server_revision AS later
                WHERE judged.night = :night AND later.night = :night AND later.method_version = :method_version
                  AND later.endpoint_id = judged.endpoint_id""",
                "DELETE FROM census.server_revision WHERE night = :night AND method_version = :method_version",
                "DELETE FROM census.night_version WHERE night = :night AND method_version <> :method_version",
                """
                UPDATE census.night_version SET is_published = true
                WHERE night = :night AND method_version = :method_version""")) {
            database.jdbc()
                    .sql(statement)
                    .param("night", night.date())
                    .param("method_version", methodVersion)
                    .update();
        }
    }

    /** As often as you like. */
    public static void in(Database database) {
        try (var statement = WritableVerdicts.class.getResourceAsStream("write-verdicts.sql")) {
            if (statement == null) throw new IllegalStateException("write-verdicts.sql is missing");
            new JdbcTemplate(database.dataSource())
                    .execute(new String(statement.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
