package org.starttlscensus.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/**
 * Random contacts with a few addresses on 36 nights, each with several names and providers, and the verdicts of the
 * last night.
 */
final class Contacts {

    static final CensusNight TONIGHT = CensusNight.of("2031-02-05");

    private final Database database;
    private final JdbcClient jdbc;

    Contacts(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    void clear() {
        jdbc.sql("""
                TRUNCATE night, mail_host, endpoint, planned_call, asked_call, permit, observation, old_version_call,
                         abandoned_call, assessed_server, address_starttls, starttls_loss, starttls_refusal
                RESTART IDENTITY CASCADE""").update();
        List.of("2030-12-31", "2031-01-01", TONIGHT.toString())
                .forEach(night -> jdbc.sql("SELECT open_partitions(:night::date)::text")
                        .param("night", night)
                        .query(String.class)
                        .single());
    }

    /**
     * In one transaction, so that everything is drawn from one seed.
     *
     * @param quiet a server is called on one of this many nights; with a greater number the last contact is longer ago
     */
    void fill(long seed, int quiet) {
        database.transactions().executeWithoutResult(_ -> {
            for (var statement : read("contacts.sql").split(";\n\n")) {
                var named = jdbc.sql(statement)
                        .param("seed", seed / 1_000.0)
                        .param("night", TONIGHT.date())
                        .param("quiet", quiet);
                if (statement.startsWith("SELECT")) named.query(String.class).single();
                else named.update();
            }
        });
        var history = new AddressHistory(database);
        TONIGHT.date().minusDays(35).datesUntil(TONIGHT.date()).forEach(night -> history.note(new CensusNight(night)));
    }

    List<Long> confirmed() {
        return jdbc.sql("""
                SELECT endpoint_id FROM assessed_server
                WHERE outcome = 'no_starttls' AND starttls IS FALSE
                ORDER BY endpoint_id""").query(Long.class).list();
    }

    int unconfirmed() {
        return jdbc.sql("SELECT count(*) FROM assessed_server WHERE outcome = 'no_starttls_unconfirmed'")
                .query(Integer.class)
                .single();
    }

    void resetConfirmations() {
        jdbc.sql("""
                UPDATE assessed_server SET outcome = 'no_starttls_unconfirmed', starttls = NULL
                WHERE outcome = 'no_starttls'""").update();
    }

    /** The statement joins permits and observations by the permit's number, as they once were stored. */
    void confirmByReadingEverything(Duration gap) {
        database.transactions().executeWithoutResult(_ -> {
            jdbc.sql("""
                    CREATE TEMPORARY VIEW observation AS
                    SELECT permit.permit_id, observation.*
                    FROM census.observation
                    JOIN census.permit USING (night, endpoint_id, attempt)""").update();
            jdbc.sql(read("confirm-by-reading-everything.sql"))
                    .param("night", TONIGHT.date())
                    .param("gap_seconds", (double) gap.toSeconds())
                    .update();
            jdbc.sql("DROP VIEW pg_temp.observation").update();
        });
    }

    private static String read(String resource) {
        try (var in = Contacts.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("no statement " + resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
