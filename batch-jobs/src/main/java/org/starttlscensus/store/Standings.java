package org.starttlscensus.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;

/** Tables {@code provider_standing}, {@code unreachable_endpoint} and {@code source_standing}: what outlives a night. */
public final class Standings {

    private final JdbcClient jdbc;

    public Standings(Database database) {
        this.jdbc = database.jdbc();
    }

    /** Providers that had blocked us before this night and had not welcomed us since. */
    public Set<String> blockedBefore(CensusNight night) {
        return new HashSet<>(jdbc.sql(Sql.named("standing/blocked_before")).param("night", night.date()).query(String.class).list());
    }

    /** Notes who blocked us on this night, and forgets who welcomed us. Doing it twice is doing it once. */
    public void noteProviders(CensusNight night, List<String> blocked, List<String> welcoming) {
        jdbc.sql(Sql.named("standing/note_blocked")).param("night", night.date())
                .param("providers", blocked.toArray(String[]::new)).update();
        jdbc.sql(Sql.named("standing/forget_welcoming")).param("providers", welcoming.toArray(String[]::new)).update();
    }

    /** Notes the endpoints that no call of this night reached, and forgets those that one did. Doing it twice is doing it once. */
    public void noteUnreachable(CensusNight night) {
        jdbc.sql(Sql.named("standing/forget_reached")).param("night", night.date()).update();
        jdbc.sql(Sql.named("standing/note_unreachable")).param("night", night.date()).update();
    }

    /** Notes that this address of ours called on this night. Doing it twice is doing it once. */
    public void noteSource(CensusNight night, Address source) {
        jdbc.sql(Sql.named("standing/note_source")).param("night", night.date()).param("address", source.toString()).update();
    }

    /** On how many nights before this one that address of ours called. */
    public int nightsOf(Address source, CensusNight night) {
        return jdbc.sql(Sql.named("standing/nights_of_source")).param("night", night.date()).param("address", source.toString())
                .query(Integer.class).optional().orElse(0);
    }
}
