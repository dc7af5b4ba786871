package org.starttlscensus.store;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/**
 * Removes a night in which no server was called, as if it had never been begun: its lists, routes, plan, verdicts and
 * steps. Domains, mail hosts and endpoints keep their ids. The caller holds the run lock.
 */
public final class NightRemoval {

    private final Database database;
    private final JdbcClient jdbc;

    public NightRemoval(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /**
     * @param lists    editions that no other night has
     * @param routes   routes that were new on this night
     * @param planned  planned calls
     * @param verdicts verdicts on servers that were not called
     */
    public record RemovedNight(long lists, long routes, long planned, long verdicts) {}

    /**
     * How many calls were permitted in the night, those of {@code census check} included. If its permits were dropped,
     * how many are known to have been made.
     */
    public long calls(CensusNight night) {
        return jdbc.sql(Sql.named("removal/calls"))
                .param("night", night.date())
                .query(Long.class)
                .single();
    }

    /**
     * In one transaction. Calls of {@code census check} happened, so a night with such calls keeps its row and them, and
     * is then no night that was begun.
     */
    public RemovedNight remove(CensusNight night) {
        return database.transactions().execute(_ -> {
            jdbc.sql(Sql.named("removal/lock"))
                    .param("night", night.date())
                    .query()
                    .listOfRows();
            var planned = update("plan/clear", night);
            update("removal/failures", night);
            var routes = isLast(night) ? removeRoutes(night) : 0;
            new Verdicts(database).forgetDomains(night);
            var verdicts = update("removal/results", night);
            new KnownStates(database).forget(night);
            var lists = update("removal/lists", night);
            jdbc.sql(Sql.named("removal/steps")).param("name", night.toString()).update();
            update("removal/row", night);
            update("removal/end_rehearsal", night);
            return new RemovedNight(lists, routes, planned, verdicts);
        });
    }

    /** Spans that begin on an earlier night than the last one may be those of later nights too. They stay. */
    private boolean isLast(CensusNight night) {
        return jdbc.sql(Sql.named("removal/is_last"))
                .param("night", night.date())
                .query(Boolean.class)
                .single();
    }

    private long removeRoutes(CensusNight night) {
        var routes = update("removal/routes", night);
        update("removal/reopen_routes", night);
        update("removal/addresses", night);
        update("removal/reopen_addresses", night);
        return routes;
    }

    private long update(String statement, CensusNight night) {
        return jdbc.sql(Sql.named(statement)).param("night", night.date()).update();
    }
}
