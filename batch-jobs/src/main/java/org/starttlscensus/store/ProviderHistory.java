package org.starttlscensus.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;

/**
 * Tables {@code provider_standing}, {@code address_standing}, {@code blocked_share}, {@code unreachable_endpoint} and
 * {@code source_night}: history that later nights use; and {@code night_block}, what remains of it for each night. Every method that records may be repeated.
 */
public final class ProviderHistory {

    private final JdbcClient jdbc;

    public ProviderHistory(Database database) {
        this.jdbc = database.jdbc();
    }

    /** Providers that had blocked us before this night and had not accepted a call since. */
    public Set<String> blockedBefore(CensusNight night) {
        return new HashSet<>(jdbc.sql(Sql.named("history/blocked_before"))
                .param("night", night.date())
                .query(String.class)
                .list());
    }

    /** The same of addresses that are charged with their own refusals. */
    public Set<Address> addressesBlockedBefore(CensusNight night) {
        return new HashSet<>(jdbc.sql(Sql.named("history/blocked_addresses_before"))
                .param("night", night.date())
                .query((row, _) -> Address.of(row.getString("address")))
                .list());
    }

    /** Records the providers, and the addresses that are charged themselves, that blocked us on this night. */
    public void noteBlocked(CensusNight night, List<String> providers, List<Address> addresses) {
        jdbc.sql(Sql.named("history/add_blocked"))
                .param("night", night.date())
                .param("providers", providers.toArray(String[]::new))
                .update();
        jdbc.sql(Sql.named("history/add_blocked_addresses"))
                .param("night", night.date())
                .param("addresses", texts(addresses))
                .update();
    }

    /**
     * Records the providers that blocked us on this night. Deletes those that accepted a call and have not blocked us
     * on a later night.
     */
    public void noteProviders(CensusNight night, List<String> blocked, List<String> accepting) {
        noteBlocked(night, blocked, List.of());
        jdbc.sql(Sql.named("history/delete_accepting"))
                .param("night", night.date())
                .param("providers", accepting.toArray(String[]::new))
                .update();
    }

    /** The same of addresses that are charged with their own refusals. */
    public void noteAddresses(CensusNight night, List<Address> blocked, List<Address> accepting) {
        noteBlocked(night, List.of(), blocked);
        jdbc.sql(Sql.named("history/delete_accepting_addresses"))
                .param("night", night.date())
                .param("addresses", texts(accepting))
                .update();
    }

    private static String[] texts(List<Address> addresses) {
        return addresses.stream().map(Address::toString).toArray(String[]::new);
    }

    /**
     * By provider: its servers in the night's plan, each counted once per domain for which it is a best-preference
     * server.
     */
    public Map<String, Long> mailOfProviders(CensusNight night) {
        Map<String, Long> servers = new HashMap<>();
        jdbc.sql(Sql.named("history/mail_of_providers"))
                .param("night", night.date())
                .query(row -> {
                    servers.put(row.getString("provider"), row.getLong("servers"));
                });
        return servers;
    }

    /** The same by address, of addresses that are charged with their own refusals. */
    public Map<Address, Long> mailOfAddresses(CensusNight night) {
        Map<Address, Long> servers = new HashMap<>();
        jdbc.sql(Sql.named("history/mail_of_addresses"))
                .param("night", night.date())
                .query(row -> {
                    servers.put(Address.of(row.getString("address")), row.getLong("servers"));
                });
        return servers;
    }

    /** The share of that mail that belonged to newly blocked providers and addresses in the week before: 0 to 1. */
    public double usuallyBlocked(CensusNight night) {
        return jdbc.sql(Sql.named("history/usually_blocked"))
                .param("night", night.date())
                .query(Double.class)
                .single();
    }

    /**
     * Records the share of the night's mail that belongs to these providers, and to these addresses that are charged
     * themselves, whose block began on this night.
     */
    public void noteBlockedShare(CensusNight night, List<String> newlyBlocked, List<Address> addresses) {
        jdbc.sql(Sql.named("history/add_blocked_share"))
                .param("night", night.date())
                .param("providers", newlyBlocked.toArray(String[]::new))
                .param("addresses", texts(addresses))
                .update();
    }

    /** Keeps for the night who blocks us as it ends. Call this after those who blocked us on it are recorded. */
    public void noteWhoBlocks(CensusNight night) {
        for (var statement : List.of("history/clear_night_blocks", "history/add_night_blocks"))
            jdbc.sql(Sql.named(statement)).param("night", night.date()).update();
    }

    /** Records the endpoints that no call of this night reached, and deletes those that a call reached. */
    public void noteUnreachable(CensusNight night) {
        jdbc.sql(Sql.named("history/delete_reached"))
                .param("night", night.date())
                .update();
        jdbc.sql(Sql.named("history/add_unreachable"))
                .param("night", night.date())
                .update();
    }

    /** Records for how many calls this address of ours was welcomed on this night. */
    public void noteSource(CensusNight night, Address source) {
        jdbc.sql(Sql.named("history/add_source"))
                .param("night", night.date())
                .param("address", source.toString())
                .update();
    }

    /** For how many calls this address of ours was welcomed on the best of its earlier nights. */
    public int mostWelcomed(Address source, CensusNight night) {
        return jdbc.sql(Sql.named("history/most_welcomed"))
                .param("night", night.date())
                .param("address", source.toString())
                .query(Integer.class)
                .single();
    }
}
