package org.starttlscensus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.store.ConditionsHistory;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightConditions;
import org.starttlscensus.store.Nights;

/** A night with a plan made without DNS, for tests of the later steps. */
public final class PlannedNight {

    /** How it is measured: as on the Internet. */
    public static final NightConditions CONDITIONS = new NightConditions(
            false,
            1,
            1,
            25,
            Duration.ofMinutes(30),
            List.of("offer-test"),
            "offer-before",
            0,
            "test/00000000",
            Octets.of("providers").sha256(),
            "reply rules",
            "1.0");

    private PlannedNight() {}

    /**
     * Opens the night and plans endpoints 1 to {@code endpoints}, each with its own address.
     *
     * @param perProvider how many endpoints each provider has
     */
    public static void in(Database database, CensusNight night, int endpoints, int perProvider) {
        var opened = Instant.parse("2030-01-01T22:00:00Z");
        new Nights(database).open(night, "test", "test store", opened);
        new ConditionsHistory(database).add(night, CONDITIONS, opened);
        database.transactions().executeWithoutResult(_ -> {
            var jdbc = JdbcClient.create(database.dataSource());
            jdbc.sql("""
                    INSERT INTO census.mail_host (mail_host_id, name) OVERRIDING SYSTEM VALUE
                    SELECT number, 'mx' || number || '.provider' || number / :size || '.test'
                    FROM generate_series(1, :endpoints) AS number
                    ON CONFLICT DO NOTHING""")
                    .param("endpoints", endpoints)
                    .param("size", perProvider)
                    .update();
            jdbc.sql("""
                    INSERT INTO census.endpoint (endpoint_id, mail_host_id, address) OVERRIDING SYSTEM VALUE
                    SELECT number, number, '127.64.0.0'::inet + number FROM generate_series(1, :endpoints) AS number
                    ON CONFLICT DO NOTHING""").param("endpoints", endpoints).update();
            jdbc.sql("""
                    INSERT INTO census.planned_call (night, endpoint_id, position, address, prefix, provider,
                                                     provider_source, provider_rules, is_primary, is_implicit)
                    SELECT :night, number, number, '127.64.0.0'::inet + number,
                           network(set_masklen('127.64.0.0'::inet + number, 24)),
                           'provider' || number / :size || '.test', 'psl', 'test', true, false
                    FROM generate_series(1, :endpoints) AS number""")
                    .param("night", night.date())
                    .param("endpoints", endpoints)
                    .param("size", perProvider)
                    .update();
            jdbc.sql("ANALYZE census.planned_call").update(); // as the planning step does
        });
    }

    /** Deletes the calls of earlier nights, for tests in which all nights have the same time. */
    public static void forgetContacts(Database database) {
        JdbcClient.create(database.dataSource())
                .sql("DELETE FROM census.permit")
                .update();
    }

    public static long count(Database database, String question) {
        return JdbcClient.create(database.dataSource())
                .sql(question)
                .query(Long.class)
                .single();
    }
}
