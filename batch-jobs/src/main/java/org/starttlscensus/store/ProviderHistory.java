package org.starttlscensus.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;

/** Tables {@code provider_standing}, {@code blocked_share}, {@code unreachable_endpoint} and {@code source_standing}: what outlives a night. */
public final class ProviderHistory {

    private final JdbcClient jdbc;

    public ProviderHistory(Database database) {
        this.jdbc = database.jdbc();
    }

    /** Providers that had blocked us before this night and had not welcomed us since. */
    public Set<String> blockedBefore(CensusNight night) {
        return new HashSet<>(jdbc.sql(Sql.named("standing/blocked_before"))
                .param("night", night.date())
                .query(String.class)
                .list());
    }

    /** Notes who blocked us on this night. Doing it twice is doing it once. */
    public void noteBlocked(CensusNight night, List<String> providers) {
        jdbc.sql(Sql.named("standing/note_blocked"))
                .param("night", night.date())
                .param("providers", providers.toArray(String[]::new))
                .update();
    }

    /**
     * Notes who blocked us on this night, and forgets who welcomed us and has not blocked us on a later one. Doing it twice is doing
     * it once.
     */
    public void noteProviders(CensusNight night, List<String> blocked, List<String> welcoming) {
        noteBlocked(night, blocked);
        jdbc.sql(Sql.named("standing/forget_welcoming"))
                .param("night", night.date())
                .param("providers", welcoming.toArray(String[]::new))
                .update();
    }

    /** By provider: its servers of the night's plan, each as often as domains have it as a best-preference server. */
    public Map<String, Long> mailOfProviders(CensusNight night) {
        Map<String, Long> servers = new HashMap<>();
        jdbc.sql(Sql.named("standing/mail_of_providers"))
                .param("night", night.date())
                .query(row -> {
                    servers.put(row.getString("provider"), row.getLong("servers"));
                });
        return servers;
    }

    /** Which part of that belonged to newly blocked providers in the week before: 0 to 1. */
    public double usuallyBlocked(CensusNight night) {
        return jdbc.sql(Sql.named("standing/usually_blocked"))
                .param("night", night.date())
                .query(Double.class)
                .single();
    }

    /** Notes how much of the night's mail belongs to these, which blocked us first on it. Doing it twice is doing it once. */
    public void noteBlockedShare(CensusNight night, List<String> newlyBlocked) {
        jdbc.sql(Sql.named("standing/note_blocked_share"))
                .param("night", night.date())
                .param("providers", newlyBlocked.toArray(String[]::new))
                .update();
    }

    /** Notes the endpoints that no call of this night reached, and forgets those that one did. Doing it twice is doing it once. */
    public void noteUnreachable(CensusNight night) {
        jdbc.sql(Sql.named("standing/forget_reached"))
                .param("night", night.date())
                .update();
        jdbc.sql(Sql.named("standing/note_unreachable"))
                .param("night", night.date())
                .update();
    }

    /** Notes that this address of ours called on this night. Doing it twice is doing it once. */
    public void noteSource(CensusNight night, Address source) {
        jdbc.sql(Sql.named("standing/note_source"))
                .param("night", night.date())
                .param("address", source.toString())
                .update();
    }

    /** On how many nights before this one that address of ours called. */
    public int nightsOf(Address source, CensusNight night) {
        return jdbc.sql(Sql.named("standing/nights_of_source"))
                .param("night", night.date())
                .param("address", source.toString())
                .query(Integer.class)
                .optional()
                .orElse(0);
    }
}
