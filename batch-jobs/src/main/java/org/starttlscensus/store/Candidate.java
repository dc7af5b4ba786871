package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Provider;

/**
 * A server of tonight's routes, before the decision whether it is called.
 *
 * @param nameRank    rank of its name among the names of the address tonight, from 1
 * @param donorId     the endpoint of rank 1 on the same address
 * @param ofProvider  number of its provider's servers that could be called tonight
 * @param isOptedOut  whether its operator asked to be left out
 * @param isOptOutUnanswered whether the DNS did not say so tonight
 * @param isKnown     whether its last observation established whether it has STARTTLS
 * @param domains     number of the night's domains for which it is a best-preference server
 * @param unreachable the latest consecutive nights on which it could not be reached
 * @param blocked     the latest consecutive nights on which its provider blocked us
 * @param addressBlocked the same of its address, which is charged with its own refusals
 */
public record Candidate(
        long endpointId,
        Endpoint endpoint,
        boolean isPrimary,
        boolean isImplicit,
        int nameRank,
        long donorId,
        Provider provider,
        long ofProvider,
        boolean isOptedOut,
        boolean isOptOutUnanswered,
        boolean isKnown,
        int domains,
        Optional<InVain> unreachable,
        Optional<InVain> blocked,
        Optional<InVain> addressBlocked) {

    /** Consecutive nights whose calls failed. */
    public record InVain(int nights, LocalDate last) {}

    static Candidate of(ResultSet row) throws SQLException {
        var provider = new Provider(row.getString("provider"), Provider.Source.of(row.getString("provider_source")));
        return new Candidate(
                row.getLong("endpoint_id"),
                Plans.endpoint(row),
                row.getBoolean("is_primary"),
                row.getBoolean("is_implicit"),
                row.getInt("name_rank"),
                row.getLong("donor_endpoint_id"),
                provider,
                row.getLong("of_provider"),
                row.getBoolean("is_opted_out"),
                row.getBoolean("is_opt_out_unanswered"),
                row.getBoolean("is_known"),
                row.getInt("domains"),
                inVain(row, "unreachable_nights", "last_unreachable"),
                inVain(row, "blocked_nights", "last_blocked"),
                inVain(row, "address_blocked_nights", "address_last_blocked"));
    }

    private static Optional<InVain> inVain(ResultSet row, String nights, String last) throws SQLException {
        var date = row.getObject(last, LocalDate.class);
        return date == null ? Optional.empty() : Optional.of(new InVain(row.getInt(nights), date));
    }
}
