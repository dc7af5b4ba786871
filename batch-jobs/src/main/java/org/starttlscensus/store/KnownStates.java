package org.starttlscensus.store;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/**
 * Tables {@code known_server}, {@code known_domain} and {@code known_change}: what each server and domain last showed,
 * as spans of nights, and the changes that count. A server that shows the same costs no write.
 */
public final class KnownStates {

    private static final List<String> TAKING_BACK =
            List.of("clear_changes", "clear_servers", "reopen_servers", "clear_domains", "reopen_domains");

    /** In this order: at most one span of a server is open, and changes are read from spans. */
    private static final List<String> NOTING = List.of(
            "stage_servers",
            "confirm_servers",
            "end_servers",
            "add_servers",
            "add_gains",
            "add_chain_changes",
            "stage_domains",
            "confirm_domains",
            "end_domains",
            "add_domains",
            "add_domain_changes",
            "end_stage");

    private final Database database;
    private final JdbcClient jdbc;

    public KnownStates(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /**
     * Adds what the published verdicts of the night show, in one transaction. Later nights that were judged before it are
     * noted anew behind it, so the order in which nights are noted makes no difference. It may be repeated.
     */
    public void note(CensusNight night) {
        database.transactions().executeWithoutResult(_ -> noteFrom(night.date()));
    }

    /** In the transaction that removes the night's verdicts: notes as if there had been none. */
    void forget(CensusNight night) {
        noteFrom(night.date());
    }

    private void noteFrom(LocalDate first) {
        run(TAKING_BACK, first);
        var nights = jdbc.sql(Sql.named("known/nights"))
                .param("night", first)
                .query(LocalDate.class)
                .list();
        nights.forEach(each -> run(NOTING, each));
    }

    private void run(List<String> statements, LocalDate night) {
        for (var statement : statements)
            jdbc.sql(Sql.named("known/" + statement)).param("night", night).update();
    }
}
