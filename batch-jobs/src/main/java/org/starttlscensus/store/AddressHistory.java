package org.starttlscensus.store;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/**
 * Tables {@code address_starttls}, {@code starttls_loss} and {@code starttls_refusal}: what outlives the nights of an
 * address. They have one row per address or loss, so they do not grow with the nights.
 */
public final class AddressHistory {

    /** In this order: a loss is judged by what the night added. */
    private static final List<String> NOTING = List.of(
            "note_looks",
            "analyze",
            "withdraw_losses",
            "suspect_losses",
            "confirm_losses",
            "delete_refusals",
            "add_refusals");

    private final Database database;
    private final JdbcClient jdbc;

    public AddressHistory(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** Adds what the night showed. Its verdicts must be confirmed. It may be repeated. */
    public void note(CensusNight night) {
        database.transactions()
                .executeWithoutResult(_ -> NOTING.forEach(statement -> jdbc.sql(Sql.named("address/" + statement))
                        .param("night", night.date())
                        .update()));
    }
}
