package org.starttlscensus.store;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/**
 * A night's routes, their hosts and servers, and what these answered, in temporary tables that end with the caller's transaction. A statement that
 * calls the functions {@code tonight_route} and {@code tonight_set_server} several times reads all routes as often, and
 * PostgreSQL cannot estimate their number of rows. These tables are filled once and analysed.
 */
final class TonightTables {

    /** In this order. */
    private static final List<String> STATEMENTS = List.of(
            "tonight/stage",
            "tonight/add_domains",
            "tonight/add_servers",
            "tonight/add_hosts",
            "tonight/add_answers",
            "tonight/statistics");

    private TonightTables() {}

    /**
     * Call this once in a transaction.
     *
     * @param methodVersion by which version servers answered
     */
    static void stage(JdbcClient jdbc, CensusNight night, String methodVersion) {
        for (var statement : STATEMENTS) {
            jdbc.sql(Sql.named(statement))
                    .param("night", night.date())
                    .param("method_version", methodVersion)
                    .update();
        }
    }
}
