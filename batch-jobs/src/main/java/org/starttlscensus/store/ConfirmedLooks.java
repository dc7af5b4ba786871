package org.starttlscensus.store;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;

/**
 * Whether looks at a few addresses confirm that they have no STARTTLS, whoever asked for these looks. The rules are
 * those of a night's verdicts, and every call counts, also after the night was judged; nothing is stored.
 */
public final class ConfirmedLooks {

    private final Database database;
    private final JdbcClient jdbc;

    public ConfirmedLooks(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** @param gap the least time between the two looks */
    public Set<Address> of(CensusNight night, Collection<Address> addresses, Duration gap) {
        return database.transactions().execute(_ -> {
            run("confirmation/stage", night, addresses, gap);
            run("on_demand/add_looks", night, addresses, gap);
            Verdicts.RULES.forEach(statement -> run("confirmation/" + statement, night, addresses, gap));
            return jdbc
                    .sql(Sql.named("on_demand/confirmed"))
                    .query((row, _) -> Address.of(row.getString("address")))
                    .list()
                    .stream()
                    .collect(Collectors.toUnmodifiableSet());
        });
    }

    private void run(String statement, CensusNight night, Collection<Address> addresses, Duration gap) {
        jdbc.sql(Sql.named(statement))
                .param("night", night.date())
                .param("gap_seconds", gap.toMillis() / 1_000.0)
                .param("known_until", Filing.WITHOUT_END)
                .param("addresses", addresses.stream().map(Address::toString).toArray(String[]::new))
                .update();
    }
}
