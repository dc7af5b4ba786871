package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.verdict.RollUp;

/** The roll-up of servers to hosts and domains by the SQL, compared with {@link RollUp}, domain by domain. */
@ExtendWith(EmptyDatabaseExtension.class)
class DomainRollUpIT {

    private static Database database;

    static LongStream seeds() {
        return LongStream.range(0, 22);
    }

    private static void aggregate(long seed) {
        var drawn =
                TrendWorld.random(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        var world = seed < 16 ? drawn : drawn.ofOneList();
        database.transactions().executeWithoutResult(_ -> new TrendWorldTables(database).fill(world));
        new Verdicts(database).rollUpDomains(TrendWorld.NIGHT, "1");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isWhatTheRuleSays(long seed) {
        aggregate(seed);
        record Server(long domain, long host, boolean best, Optional<Boolean> starttls) {}
        var servers = database.jdbc()
                .sql("""
                SELECT route.domain_id, server.mail_host_id, server.is_best, server_verdict.starttls
                FROM tonight_route(:night) AS route
                JOIN tonight_set_server(:night) AS server USING (mx_set_id)
                JOIN server_verdict
                    ON server_verdict.night = :night AND server_verdict.endpoint_id = server.endpoint_id
                WHERE route.route IN ('mx', 'implicit_mx')""")
                .param("night", TrendWorld.NIGHT.date())
                .query((row, _) -> new Server(
                        row.getLong("domain_id"),
                        row.getLong("mail_host_id"),
                        row.getBoolean("is_best"),
                        Optional.ofNullable(row.getObject("starttls", Boolean.class))))
                .list();
        Function<List<Server>, List<Optional<Boolean>>> hosts =
                of -> of.stream().collect(Collectors.groupingBy(Server::host)).values().stream()
                        .map(host ->
                                RollUp.any(host.stream().map(Server::starttls).toList()))
                        .toList();
        var found = database.jdbc()
                .sql("""
                SELECT domain_id, starttls_any, starttls_primary, starttls_all_reachable
                FROM domain_verdict
                WHERE night = :night""")
                .param("night", TrendWorld.NIGHT.date())
                .query((row, _) -> Map.entry(
                        row.getLong("domain_id"),
                        Stream.of("any", "primary", "all_reachable")
                                .map(rollup -> flag(row, "starttls_" + rollup))
                                .toList()))
                .list();
        assertTrue(!found.isEmpty(), "there are domains to compare");
        found.forEach(verdict -> {
            var own = servers.stream()
                    .filter(server -> server.domain() == verdict.getKey())
                    .toList();
            var expected = List.of(
                    RollUp.any(hosts.apply(own)),
                    RollUp.any(hosts.apply(own.stream().filter(Server::best).toList())),
                    RollUp.allReachable(hosts.apply(own)));
            assertEquals(expected, verdict.getValue(), () -> "domain " + verdict.getKey() + " with " + own);
        });
    }

    private static Optional<Boolean> flag(ResultSet row, String column) {
        try {
            return Optional.ofNullable(row.getObject(column, Boolean.class));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
