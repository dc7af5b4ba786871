package org.starttlscensus.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;

/** Table {@code correction}: verdicts of a published night that another look has put right. */
public final class Corrections {

    private static final List<String> FILING = List.of(
            "correction/mark",
            "filing/stage",
            "filing/add_servers",
            "filing/statistics",
            "filing/add_states",
            "correction/file");

    private final Database database;
    private final JdbcClient jdbc;

    public Corrections(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /**
     * A night whose files do not show its corrections yet.
     *
     * @param isComputed whether its domains and trends follow from them already
     */
    public record UnpublishedCorrections(CensusNight night, long servers, boolean isComputed) {}

    public Optional<Long> endpointId(Endpoint endpoint) {
        return jdbc.sql(Sql.named("correction/endpoint"))
                .param("name", endpoint.mxHost().ascii())
                .param("address", endpoint.address().toString())
                .query(Long.class)
                .optional();
    }

    /** The servers of a night's plan at an address. */
    public List<Endpoint> planned(CensusNight night, Address address, int most) {
        return jdbc.sql(Sql.named("correction/planned"))
                .param("night", night.date())
                .param("address", address.toString())
                .param("most", most)
                .query((row, _) ->
                        new Endpoint(new Hostname(row.getString("name")), Address.of(row.getString("address"))))
                .list();
    }

    /** What the night's files say of a server; empty if they say nothing that rests on a call to it. */
    public Optional<PublishedVerdict> published(CensusNight night, long endpointId) {
        return jdbc.sql(Sql.named("correction/before"))
                .param("night", night.date())
                .param("endpoint_id", endpointId)
                .query((row, _) -> new PublishedVerdict(
                        row.getString("outcome"),
                        Optional.ofNullable(row.getString("chain")),
                        Optional.ofNullable(row.getString("name_match"))))
                .optional();
    }

    /**
     * Puts verdicts in the place of those that the night was published with, in one transaction. Then trends and
     * domains must be computed again.
     */
    public void file(
            CensusNight night, String methodVersion, List<ServerVerdictRow> rows, String because, Instant askedAt) {
        database.transactions().executeWithoutResult(_ -> {
            new Verdicts(database).save(night, methodVersion, rows);
            jdbc.sql(Sql.named("correction/add"))
                    .param("night", night.date())
                    .param("because", because)
                    .param("asked_at", Times.of(askedAt))
                    .update();
            for (var statement : FILING)
                jdbc.sql(Sql.named(statement)).param("night", night.date()).update();
            new Filing(database).clear(night);
        });
    }

    public List<UnpublishedCorrections> unpublished() {
        return jdbc.sql(Sql.named("correction/pending"))
                .query((row, _) -> new UnpublishedCorrections(
                        new CensusNight(row.getObject("night", LocalDate.class)),
                        row.getLong("servers"),
                        row.getBoolean("is_computed")))
                .list();
    }

    /** Domains and trends of the night follow from its corrections. */
    public void computed(CensusNight night, Instant now) {
        jdbc.sql(Sql.named("correction/computed"))
                .param("night", night.date())
                .param("now", Times.of(now))
                .update();
    }

    public void published(CensusNight night, Instant now) {
        jdbc.sql(Sql.named("correction/published"))
                .param("night", night.date())
                .param("now", Times.of(now))
                .update();
    }
}
