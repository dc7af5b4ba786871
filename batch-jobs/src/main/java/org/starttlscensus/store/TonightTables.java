package org.starttlscensus.store;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/**
 * A night's routes and the servers behind them, in temporary tables that end with the caller's transaction. A statement that
 * asks the functions {@code tonight_route} and {@code tonight_set_server} several times walks all routes as often, and
 * PostgreSQL cannot know how many rows they return; these tables are filled once and analysed.
 */
final class TonightTables {

    /** In this order. */
    private static final List<String> STATEMENTS =
            List.of("tonight/stage", "tonight/add_domains", "tonight/add_servers", "tonight/statistics");

    private TonightTables() {}

    /** Once in a transaction. */
    static void stage(JdbcClient jdbc, CensusNight night) {
        for (var statement : STATEMENTS)
            jdbc.sql(Sql.named(statement)).param("night", night.date()).update();
    }
}
