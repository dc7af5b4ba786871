package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Provider;

/**
 * A server of tonight's routes, before it is decided whether it is called.
 *
 * @param nameRank    the place of its name among the names of the address tonight, from 1
 * @param donorId     the endpoint at place 1 of the same address
 * @param ofProvider  how many of its provider's servers could be called tonight
 * @param isKnown     whether its last look told whether it has STARTTLS
 * @param domains     how many domains of the night have it as a best-preference server
 * @param unreachable its last nights, where it could not be reached on any of them
 * @param blocked     its provider's last nights, where it blocked us on all of them
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
        boolean isKnown,
        int domains,
        Optional<InVain> unreachable,
        Optional<InVain> blocked) {

    /** Nights of calls in vain, one after the other. */
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
                row.getBoolean("is_known"),
                row.getInt("domains"),
                inVain(row, "unreachable_nights", "last_unreachable"),
                inVain(row, "blocked_nights", "last_blocked"));
    }

    private static Optional<InVain> inVain(ResultSet row, String nights, String last) throws SQLException {
        var date = row.getObject(last, LocalDate.class);
        return date == null ? Optional.empty() : Optional.of(new InVain(row.getInt(nights), date));
    }
}
