package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;

/** Tables {@code trust_store}, {@code trust_store_root} and {@code trust_store_choice}. */
public final class TrustStores {

    private final Database database;
    private final JdbcClient jdbc;

    public TrustStores(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** @param sha256 of its roots */
    public record StoredStore(long id, String name, Octets sha256) {}

    /** Stores a trust store at its first use. Returns the stored row of that name, which may have other roots. */
    public StoredStore add(String name, Octets sha256, List<Octets> roots, Instant now) {
        return database.transactions().execute(_ -> {
            var isNew = jdbc.sql(Sql.named("trust_store/add"))
                            .param("name", name)
                            .param("sha256", sha256.toArray())
                            .param("now", Times.of(now))
                            .update()
                    > 0;
            var stored = find(name).orElseThrow();
            if (isNew) {
                jdbc.sql(Sql.named("trust_store/add_roots"))
                        .param("trust_store_id", stored.id())
                        .param("ders", roots.stream().map(Octets::toArray).toArray(byte[][]::new))
                        .update();
            }
            return stored;
        });
    }

    public Optional<StoredStore> find(String name) {
        return jdbc.sql(Sql.named("trust_store/find"))
                .param("name", name)
                .query(TrustStores::row)
                .optional();
    }

    public List<StoredStore> all() {
        return jdbc.sql(Sql.named("trust_store/all")).query(TrustStores::row).list();
    }

    /**
     * Chooses a stored trust store for the nights to come. Earlier choices stay.
     *
     * @param source the name of the file that it was read from
     */
    public void choose(StoredStore store, String source, Instant now) {
        jdbc.sql(Sql.named("trust_store/choose"))
                .param("trust_store_id", store.id())
                .param("source", PeerText.storable(source))
                .param("now", Times.of(now))
                .update();
    }

    /** What the operator chose, the latest first. */
    public List<StoredStore> chosen() {
        return jdbc.sql(Sql.named("trust_store/chosen")).query(TrustStores::row).list();
    }

    /** The one by which the last completed night before this one was judged; empty if its roots are not stored. */
    public Optional<StoredStore> ofNightBefore(CensusNight night) {
        return jdbc.sql(Sql.named("trust_store/of_night_before"))
                .param("night", night.date())
                .query(TrustStores::row)
                .optional();
    }

    /** Its root certificates, DER. */
    public List<Octets> roots(StoredStore store) {
        return jdbc.sql(Sql.named("trust_store/roots"))
                .param("trust_store_id", store.id())
                .query((row, _) -> Octets.of(row.getBytes("der")))
                .list();
    }

    private static StoredStore row(ResultSet row, int number) throws SQLException {
        return new StoredStore(row.getLong("trust_store_id"), row.getString("name"), Octets.of(row.getBytes("sha256")));
    }
}
