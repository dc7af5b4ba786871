package org.starttlscensus.store;

import static org.starttlscensus.store.Columns.flags;
import static org.starttlscensus.store.Columns.ids;
import static org.starttlscensus.store.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;

/** Table {@code planned_call}. */
public final class Plans {

    private static final int BATCH = 5_000;

    private final Database database;
    private final JdbcClient jdbc;

    public Plans(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /**
     * A server of tonight's routes, before it is decided whether it is called.
     *
     * @param nameRank the place of its name among the names of the address tonight, from 1
     * @param donorId  the endpoint at place 1 of the same address
     */
    public record Candidate(
            long endpointId, Endpoint endpoint, boolean isPrimary, boolean isImplicit, int nameRank, long donorId) {}

    /** A call to make. */
    public record ToCall(long endpointId, Endpoint endpoint, String provider, boolean isImplicit) {}

    /** Makes the plan anew, in one transaction: every candidate in tonight's order, and what {@code decide} says of it. */
    public void make(Tenure tenure, Function<Numbered, PlannedCall> decide) {
        var night = tenure.night();
        database.transactions().executeWithoutResult(_ -> {
            new Nights(database).fence(tenure);
            jdbc.sql(Sql.named("plan/clear")).param("night", night.date()).update();
            var batch = new ArrayList<PlannedCall>(BATCH);
            var position = new int[1];
            database.stream(Sql.named("plan/candidates"), Map.of("night", night.date()), row -> {
                batch.add(decide.apply(new Numbered(++position[0], candidate(row))));
                if (batch.size() == BATCH) {
                    add(night, batch);
                    batch.clear();
                }
            });
            add(night, batch);
        });
    }

    /** A candidate and its place in tonight's order, from 1. */
    public record Numbered(int position, Candidate candidate) {}

    public void toCall(CensusNight night, Consumer<ToCall> each) {
        database.stream(Sql.named("plan/to_call"), Map.of("night", night.date()), row -> each.accept(new ToCall(
                row.getLong("endpoint_id"), endpoint(row), row.getString("provider"), row.getBoolean("is_implicit"))));
    }

    /** A set of MX records with its best-preference servers and its backups, of those that are to be called. */
    public interface MxSet {
        void of(List<Long> best, List<Long> backups);
    }

    /** The sets that have backups which are no primary anywhere. */
    public void precedence(CensusNight night, MxSet each) {
        database.stream(Sql.named("plan/precedence"), Map.of("night", night.date()), row -> each.of(
                List.of((Long[]) row.getArray("best").getArray()), List.of((Long[]) row.getArray("backups").getArray())));
    }

    /** Notes why planned endpoints were not called after all. */
    public void leaveOut(CensusNight night, Map<Long, String> reasons) {
        var ids = List.copyOf(reasons.keySet());
        jdbc.sql(Sql.named("plan/leave_out"))
                .param("night", night.date())
                .param("endpoint_ids", ids.stream().mapToLong(Long::longValue).toArray())
                .param("reasons", ids.stream().map(reasons::get).toArray(String[]::new))
                .update();
    }

    private void add(CensusNight night, List<PlannedCall> calls) {
        jdbc.sql(Sql.named("plan/add"))
                .param("night", night.date())
                .param("endpoint_ids", calls.stream().mapToLong(PlannedCall::endpointId).toArray())
                .param("positions", calls.stream().mapToInt(PlannedCall::position).toArray())
                .param("addresses", texts(calls, call -> Optional.of(call.endpoint().address().toString())))
                .param("prefixes", texts(calls, call -> Optional.of(call.endpoint().address().prefix())))
                .param("providers", texts(calls, call -> Optional.of(call.provider().key())))
                .param("provider_sources", texts(calls, call -> Optional.of(call.provider().source().label())))
                .param("primaries", flags(calls, call -> Optional.of(call.isPrimary())))
                .param("implicits", flags(calls, call -> Optional.of(call.isImplicit())))
                .param("not_attempted", texts(calls, PlannedCall::notAttempted))
                .param("details", texts(calls, PlannedCall::detail))
                .param("donors", ids(calls, PlannedCall::donorId))
                .update();
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(row.getLong("endpoint_id"), endpoint(row), row.getBoolean("is_primary"),
                row.getBoolean("is_implicit"), row.getInt("name_rank"), row.getLong("donor_endpoint_id"));
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        return new Endpoint(new Hostname(row.getString("name")), Address.of(row.getString("address")));
    }
}
