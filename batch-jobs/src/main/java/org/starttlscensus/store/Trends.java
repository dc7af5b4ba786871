package org.starttlscensus.store;

import java.util.List;
import java.util.function.UnaryOperator;
import org.starttlscensus.fact.CensusNight;

/** The trend tables, {@code adoption} and the distributions: the aggregates of a night's verdicts. All of it is SQL. */
public final class Trends {

    /** In this order: each statement reads temporary tables of the earlier ones. */
    private static final List<String> STATEMENTS = List.of(
            "trend/stage",
            "trend/clear",
            "trend/add_seen",
            "trend/metrics",
            "trend/add_metrics",
            "trend/add_patterns",
            "trend/add_set_servers",
            "trend/add_hosts",
            "trend/add_listed_sets",
            "trend/add_sets",
            "trend/statistics",
            "trend/add_reached",
            "trend/statistics_reached",
            "trend/rank_providers",
            "trend/tally_domains",
            "trend/tally_opted_out",
            "trend/tally_servers",
            "trend/stage_draws",
            "trend/add_draws",
            "trend/statistics_draws",
            "trend/draw_domains",
            "trend/draw_units",
            "trend/draw_metrics",
            "trend/draw_providers",
            "trend/save",
            "trend/stage_values",
            "trend/base_cells",
            "trend/add_values",
            "trend/weigh_providers",
            "trend/base_providers",
            "trend/statistics_values",
            "trend/tally_values",
            "trend/tally_unit_values",
            "trend/tally_provider_values",
            "trend/draw_domain_values",
            "trend/draw_unit_values",
            "trend/draw_provider_values",
            "trend/add_distribution_values",
            "trend/save_values");

    private final Database database;
    private final UnaryOperator<String> statements;

    public Trends(Database database) {
        this(database, Sql::named);
    }

    /** @param statements the text of a statement by its name */
    Trends(Database database, UnaryOperator<String> statements) {
        this.database = database;
        this.statements = statements;
    }

    /** Replaces the night's trends, in one transaction. The verdicts on its servers must be complete. */
    public void aggregate(CensusNight night, String methodVersion) {
        var jdbc = database.jdbc();
        database.transactions().executeWithoutResult(_ -> {
            jdbc.sql(Sql.named("transaction/work_memory")).query(String.class).single();
            TonightTables.stage(jdbc, night, methodVersion);
            for (var statement : STATEMENTS) {
                jdbc.sql(statements.apply(statement))
                        .param("night", night.date())
                        .param("method_version", methodVersion)
                        .update();
            }
        });
    }
}
