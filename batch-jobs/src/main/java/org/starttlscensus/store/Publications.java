package org.starttlscensus.store;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/** Table {@code publication}: which nights were published, and by whose word. */
public final class Publications {

    private final JdbcClient jdbc;

    public Publications(Database database) {
        this.jdbc = database.jdbc();
    }

    /**
     * @param publishedAt when it was last published
     * @param reason      why the operator published it, the last time that one was given; empty: the night did it
     */
    public record Publication(Instant publishedAt, Optional<AcceptedReason> reason) {}

    /** Empty if the night was never published. */
    public Optional<Publication> of(CensusNight night) {
        return jdbc.sql(Sql.named("publication/of_night"))
                .param("night", night.date())
                .query((row, _) -> new Publication(
                        Times.read(row, "published_at").orElseThrow(),
                        Optional.ofNullable(row.getString("accepted_as")).map(AcceptedReason::new)))
                .optional();
    }

    /** Whether any night was ever published. */
    public boolean hasAny() {
        return jdbc.sql(Sql.named("publication/has_any")).query(Boolean.class).single();
    }

    /** Notes that the night's files are in their place. */
    public void add(CensusNight night, Optional<AcceptedReason> reason, Instant now) {
        jdbc.sql(Sql.named("publication/add"))
                .param("night", night.date())
                .param("now", Times.of(now))
                .param("accepted_as", reason.map(AcceptedReason::text).orElse(null))
                .update();
    }
}
