package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.Provider;

/** The servers of one mail host on a night, for {@link Explanations}. */
final class ExplainedServers {

    private final JdbcClient jdbc;

    ExplainedServers(Database database) {
        this.jdbc = database.jdbc();
    }

    List<ExplainedServer> of(CensusNight night, long mailHostId, Hostname host) {
        return jdbc.sql(Sql.named("explain/servers"))
                .param("night", night.date())
                .param("mail_host_id", mailHostId)
                .query((row, _) -> {
                    var endpoint = new Endpoint(host, Address.of(row.getString("address")));
                    return new ExplainedServer(
                            endpoint, plan(row), calls(night, row.getLong("endpoint_id"), endpoint), verdict(row));
                })
                .list();
    }

    private List<ExplainedServer.ExplainedCall> calls(CensusNight night, long endpointId, Endpoint endpoint) {
        return jdbc.sql(Sql.named("explain/calls"))
                .param("night", night.date())
                .param("endpoint_id", endpointId)
                .query((row, _) -> new ExplainedServer.ExplainedCall(
                        row.getLong("permit_id"),
                        row.getInt("attempt"),
                        row.getBoolean("patient"),
                        Times.read(row, "start_at").orElseThrow(),
                        text(row, "signal").map(PermitSignal::of),
                        text(row, "rule"),
                        Times.read(row, "retry_at"),
                        row.getString("ending") == null
                                ? Optional.empty()
                                : Optional.of(ObservationRow.read(row, endpoint)),
                        ProbeKind.of(row.getString("question")),
                        ProbeKind.of(row.getString("question")).isOldVersion()
                                ? text(row, "old_version_showed")
                                : Optional.empty()))
                .list();
    }

    private static Optional<ExplainedServer.Plan> plan(ResultSet row) throws SQLException {
        if (row.getString("provider") == null) return Optional.empty();
        return Optional.of(new ExplainedServer.Plan(
                row.getString("provider"),
                Provider.Source.of(row.getString("provider_source")),
                row.getBoolean("is_primary"),
                row.getBoolean("is_implicit"),
                text(row, "not_attempted").map(NotAttempted::of),
                text(row, "planned_detail"),
                text(row, "donor")));
    }

    private static Optional<ExplainedServer.ExplainedServerVerdict> verdict(ResultSet row) throws SQLException {
        if (row.getString("outcome") == null) return Optional.empty();
        return Optional.of(new ExplainedServer.ExplainedServerVerdict(
                row.getString("outcome"),
                Explanations.flag(row, "starttls"),
                Explanations.flag(row, "usable"),
                Optional.ofNullable(row.getObject("reply_code", Integer.class)),
                text(row, "enhanced_code"),
                text(row, "chain"),
                row.getBoolean("weak_key") || row.getBoolean("weak_signature"),
                text(row, "name_match"),
                Explanations.flag(row, "revoked"),
                text(row, "detail"),
                Arrays.asList((String[]) row.getArray("flags").getArray()),
                row.getString("method_version")));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
