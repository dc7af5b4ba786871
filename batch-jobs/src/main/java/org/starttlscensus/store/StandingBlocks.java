package org.starttlscensus.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;

/** For postmasters and operators: who is left out on later nights, and which reply led to it. */
public final class StandingBlocks {

    private final JdbcClient jdbc;

    public StandingBlocks(Database database) {
        this.jdbc = database.jdbc();
    }

    /**
     * A call that was refused.
     *
     * @param signal what went into the ledger
     * @param reply  empty if there was none, or if it is no longer stored
     */
    public record RefusedCall(Endpoint endpoint, Instant endedAt, PermitSignal signal, Optional<Octets> reply) {}

    /** What keeps us from an address that these providers have names of. */
    public List<StandingBlock> of(Address address, Collection<String> providers) {
        return jdbc.sql(Sql.named("explain/blocks"))
                .param("address", address.toString())
                .param("providers", providers.toArray(String[]::new))
                .query((row, _) -> new StandingBlock(
                        Optional.ofNullable(row.getString("provider")),
                        Optional.ofNullable(row.getString("address")).map(Address::of),
                        new CensusNight(row.getObject("blocked_since", LocalDate.class)),
                        new CensusNight(row.getObject("last_blocked", LocalDate.class)),
                        row.getInt("nights")))
                .list();
    }

    /** The refusal that led to the block, or to its last night. */
    public Optional<RefusedCall> refusal(StandingBlock block) {
        return refusal(block.last(), block.provider(), block.address(), Times.LAST);
    }

    /** The reply that named the wait. */
    public Optional<RefusedCall> refusal(StandingWait wait) {
        return refusal(wait.night(), Optional.empty(), Optional.of(wait.address()), wait.askedAt());
    }

    private Optional<RefusedCall> refusal(
            CensusNight night, Optional<String> provider, Optional<Address> address, Instant until) {
        return jdbc.sql(Sql.named("explain/last_refusal"))
                .param("night", night.date())
                .param("provider", provider.orElse(null))
                .param("address", address.map(Address::toString).orElse(null))
                .param("until", Times.of(until))
                .query((row, _) -> new RefusedCall(
                        new Endpoint(new Hostname(row.getString("name")), Address.of(row.getString("address"))),
                        Times.read(row, "ended_at").orElseThrow(),
                        PermitSignal.of(row.getString("signal")),
                        Optional.ofNullable(row.getBytes("reply")).map(Octets::of)))
                .optional();
    }
}
