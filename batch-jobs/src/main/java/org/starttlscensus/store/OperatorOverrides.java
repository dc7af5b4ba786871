package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;

/**
 * Table {@code provider_word}: rows are only ever added. What the nights measured is in {@code provider_standing} and
 * {@code address_standing}.
 */
public final class OperatorOverrides {

    private final Database database;
    private final JdbcClient jdbc;

    public OperatorOverrides(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    public void add(
            String provider,
            OperatorOverride.OverrideKind overrideKind,
            Instant now,
            String by,
            Optional<String> reason) {
        database.transactions().executeWithoutResult(_ -> {
            jdbc.sql(Sql.named("provider/add_override"))
                    .param("provider", provider)
                    .param("word", overrideKind.label())
                    .param("said_at", Times.of(now))
                    .param("said_by", by)
                    .param("reason", reason.orElse(null))
                    .update();
            if (overrideKind == OperatorOverride.OverrideKind.RESUME) {
                jdbc.sql(Sql.named("provider/delete_block"))
                        .param("provider", provider)
                        .update();
                jdbc.sql(Sql.named("provider/delete_address_blocks"))
                        .param("provider", provider)
                        .update();
            }
        });
    }

    /** For each provider that has blocked us and has not accepted a call since: the first night of the block. */
    public Map<String, CensusNight> blockedSince() {
        Map<String, CensusNight> nights = new HashMap<>();
        jdbc.sql(Sql.named("provider/blocked_since")).query(row -> {
            nights.put(row.getString("provider"), new CensusNight(row.getObject("blocked_since", LocalDate.class)));
        });
        return nights;
    }

    /**
     * An address that is charged with its own refusals, has blocked us and has not accepted a call since.
     *
     * @param provider of one of its names in the last plan that has it; its network if none has
     */
    public record BlockedAddress(Address address, String provider, CensusNight since) {}

    public List<BlockedAddress> blockedAddresses() {
        return jdbc.sql(Sql.named("provider/blocked_addresses"))
                .query((row, _) -> new BlockedAddress(
                        Address.of(row.getString("address")),
                        row.getString("provider"),
                        new CensusNight(row.getObject("blocked_since", LocalDate.class))))
                .list();
    }

    /** The overrides after this id, in order; after 0 come all. */
    public List<OperatorOverride> after(long id) {
        return jdbc.sql(Sql.named("provider/overrides_after"))
                .param("after", id)
                .query((row, _) -> override(row))
                .list();
    }

    /** The latest override of each provider that has any. */
    public List<OperatorOverride> latest() {
        return jdbc.sql(Sql.named("provider/latest_overrides"))
                .query((row, _) -> override(row))
                .list();
    }

    /** The providers whose latest override is a pause. */
    public Set<String> paused() {
        return latest().stream()
                .filter(latest -> latest.overrideKind() == OperatorOverride.OverrideKind.PAUSE)
                .map(OperatorOverride::provider)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether any plan or override names this provider. */
    public boolean knows(String provider) {
        return jdbc.sql(Sql.named("provider/known"))
                .param("provider", provider)
                .query(Boolean.class)
                .single();
    }

    private static OperatorOverride override(ResultSet row) throws SQLException {
        return new OperatorOverride(
                row.getLong("provider_word_id"),
                row.getString("provider"),
                OperatorOverride.OverrideKind.of(row.getString("word")),
                Times.read(row, "said_at").orElseThrow(),
                row.getString("said_by"),
                Optional.ofNullable(row.getString("reason")));
    }
}
