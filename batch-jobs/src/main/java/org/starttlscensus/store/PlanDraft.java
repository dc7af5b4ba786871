package org.starttlscensus.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Hostname;

/**
 * Temporary tables from which a plan is made. A host's provider depends on the domains it serves and on its neighbours,
 * over all of tonight's routes, and never on the order of the rows. Runs in the plan's transaction.
 */
final class PlanDraft {

    private static final int BATCH = 5_000;

    private final Database database;
    private final JdbcClient jdbc;
    private final CensusNight night;

    PlanDraft(Database database, CensusNight night) {
        this.database = database;
        this.jdbc = database.jdbc();
        this.night = night;
    }

    private record Host(long id, Plans.Named named) {}

    void identify(Plans.HostNames names) {
        jdbc.sql(Sql.named("plan/begin")).update();
        jdbc.sql(Sql.named("plan/add_servers")).param("night", night.date()).update();
        jdbc.sql("ANALYZE plan_server").update();
        var batch = new ArrayList<Host>(BATCH);
        database.stream(Sql.named("plan/hosts"), Map.of("night", night.date()), row -> {
            var aliases = Arrays.stream((String[]) row.getArray("aliases").getArray())
                    .map(Hostname::new)
                    .toList();
            batch.add(new Host(row.getLong("mail_host_id"), names.of(new Hostname(row.getString("name")), aliases)));
            if (batch.size() == BATCH) {
                add(batch);
                batch.clear();
            }
        });
        add(batch);
        jdbc.sql("ANALYZE plan_host").update();
        jdbc.sql(Sql.named("plan/mark_vanity")).param("night", night.date()).update();
        jdbc.sql(Sql.named("plan/add_neighbours")).param("night", night.date()).update();
        jdbc.sql(Sql.named("plan/add_charged")).update();
        jdbc.sql("ANALYZE plan_charged").update();
    }

    private void add(List<Host> hosts) {
        jdbc.sql(Sql.named("plan/add_hosts"))
                .param("ids", hosts.stream().mapToLong(Host::id).toArray())
                .param(
                        "providers",
                        Columns.texts(hosts, host -> host.named().provider().map(one -> one.key())))
                .param(
                        "sources",
                        Columns.texts(
                                hosts,
                                host -> host.named()
                                        .provider()
                                        .map(one -> one.source().label())))
                .param("registrables", Columns.texts(hosts, host -> host.named().registrable()))
                .update();
    }

    /** Only of providers with more servers than fit into a night: all others are called as a whole. */
    void tellWhoServesTogether(Plans.Decisions decisions) {
        var tooLarge = jdbc
                .sql(Sql.named("plan/sizes"))
                .query((row, _) -> new ProviderServers(row.getString("provider"), row.getLong("servers")))
                .list()
                .stream()
                .filter(size -> decisions.isTooMany(size.provider(), size.servers()))
                .map(ProviderServers::provider)
                .toArray(String[]::new);
        if (tooLarge.length == 0) return;
        database.stream(
                Sql.named("plan/serving_together"),
                Map.of("providers", tooLarge),
                row -> decisions.serveTogether(
                        Arrays.stream((String[]) row.getArray("hosts").getArray())
                                .map(Hostname::new)
                                .toList()));
    }

    private record ProviderServers(String provider, long servers) {}
}
