package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.verdict.Outcome;
import org.starttlscensus.verdict.RollUp;
import org.starttlscensus.verdict.Vote;

/** The roll-up of servers to hosts and domains by the SQL, compared with {@link RollUp}, domain by domain. */
@ExtendWith(EmptyDatabaseExtension.class)
class DomainRollUpIT {

    private static Database database;

    /** A server of a host of a domain; without outcome where the host has none, or a cap has left it out. */
    private record Row(
            long domain,
            long host,
            boolean best,
            boolean bestAlone,
            boolean hidden,
            int beyond,
            Optional<String> outcome,
            Optional<Boolean> starttls,
            boolean implicit) {}

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
        var rows = rows().stream().collect(Collectors.groupingBy(Row::domain));
        var found = database.jdbc()
                .sql("""
                SELECT domain_id, route, starttls_any, starttls_primary, starttls_all_reachable, hosts_unknown
                FROM domain_verdict
                WHERE night = :night""")
                .param("night", TrendWorld.NIGHT.date())
                .query((row, _) -> Map.entry(
                        row.getLong("domain_id"),
                        List.of(
                                flag(row, "starttls_any"),
                                flag(row, "starttls_primary"),
                                flag(row, "starttls_all_reachable"),
                                Optional.ofNullable(row.getObject("hosts_unknown", Integer.class)))))
                .list();
        assertTrue(!found.isEmpty(), "there are domains to compare");
        found.forEach(verdict -> {
            var own = rows.getOrDefault(verdict.getKey(), List.of());
            assertEquals(expected(own), verdict.getValue(), () -> "domain " + verdict.getKey() + " with " + own);
        });
    }

    private static List<Optional<?>> expected(List<Row> domain) {
        if (domain.isEmpty()) return List.of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var beyond = Collections.nCopies(domain.getFirst().beyond(), Vote.UNKNOWN);
        var all = new ArrayList<>(hosts(domain));
        all.addAll(beyond);
        var best = new ArrayList<>(hosts(domain.stream().filter(Row::best).toList()));
        if (domain.getFirst().bestAlone()) best.addAll(beyond);
        return List.of(
                RollUp.any(all).answer(),
                RollUp.any(best).answer(),
                RollUp.allReachable(all).answer(),
                Optional.of(RollUp.unknown(all)));
    }

    private static List<Vote> hosts(List<Row> rows) {
        return rows.stream().collect(Collectors.groupingBy(Row::host)).values().stream()
                .map(host -> RollUp.host(Stream.concat(
                                host.stream()
                                        .filter(row -> row.outcome().isPresent())
                                        .map(row -> Vote.of(
                                                Outcome.of(row.outcome().orElseThrow()),
                                                row.starttls(),
                                                row.implicit())),
                                host.stream().filter(Row::hidden).map(_ -> Vote.UNKNOWN))
                        .toList()))
                .toList();
    }

    private static List<Row> rows() {
        return database.jdbc()
                .sql("""
                SELECT route.domain_id, member.mail_host_id,
                       member.preference = min(member.preference) OVER of_domain AS best,
                       max(member.preference) OVER of_domain = min(member.preference) OVER of_domain AS best_alone,
                       host_failure.night IS NOT NULL OR host_addresses.seen > cardinality(host_addresses.addresses)
                           AS hidden,
                       route.mx_seen - (SELECT count(*) FROM mx_set_member AS all_of
                                        WHERE all_of.mx_set_id = route.mx_set_id) AS beyond,
                       coalesce(donor.outcome, own.outcome) AS outcome, own.starttls,
                       coalesce(planned_call.is_implicit, false) AS implicit
                FROM tonight_route(:night) AS route
                JOIN mx_set_member AS member USING (mx_set_id)
                JOIN host_addresses USING (mail_host_id)
                LEFT JOIN host_failure USING (mail_host_id)
                LEFT JOIN endpoint
                    ON endpoint.mail_host_id = member.mail_host_id AND host_failure.night IS NULL
                    AND endpoint.address = ANY (host_addresses.addresses)
                LEFT JOIN planned_call USING (endpoint_id)
                LEFT JOIN server_verdict AS own ON own.endpoint_id = endpoint.endpoint_id
                LEFT JOIN server_verdict AS donor ON donor.endpoint_id = planned_call.donor_endpoint_id
                WHERE route.route IN ('mx', 'implicit_mx')
                WINDOW of_domain AS (PARTITION BY route.domain_id)""")
                .param("night", TrendWorld.NIGHT.date())
                .query((row, _) -> new Row(
                        row.getLong("domain_id"),
                        row.getLong("mail_host_id"),
                        row.getBoolean("best"),
                        row.getBoolean("best_alone"),
                        row.getBoolean("hidden"),
                        row.getInt("beyond"),
                        Optional.ofNullable(row.getString("outcome")),
                        flag(row, "starttls"),
                        row.getBoolean("implicit")))
                .list();
    }

    /** The standing of each outcome in SQL is that of its vote: the two lists are one rule. */
    @ParameterizedTest
    @EnumSource
    void everyOutcomeHasTheStandingOfItsVote(Outcome outcome) {
        for (var implicit : List.of(true, false)) {
            var vote = Vote.of(outcome, outcome.starttls(), implicit);
            var expected = switch (vote) {
                case YES, NO, UNKNOWN -> "counts";
                case SILENT, OPTED_OUT, OTHER_FAMILY, SPECIAL, LEFT ->
                    vote.name().toLowerCase(Locale.ROOT);
            };
            assertEquals(Optional.of(expected), standing(outcome.label(), implicit));
        }
    }

    /** An outcome that was forgotten there stops the step. It does not slip into a denominator. */
    @Test
    void aForgottenOutcomeHasNoStanding() {
        assertEquals(Optional.empty(), standing("something_new", false));
    }

    private static Optional<String> standing(String outcome, boolean implicit) {
        return database.jdbc()
                .sql("SELECT array_remove(ARRAY[roll_up_standing(:outcome, :implicit)], NULL) AS standing")
                .param("outcome", outcome)
                .param("implicit", implicit)
                .query((row, _) -> Arrays.stream(
                                (String[]) row.getArray("standing").getArray())
                        .findFirst())
                .single();
    }

    private static Optional<Boolean> flag(ResultSet row, String column) {
        try {
            return Optional.ofNullable(row.getObject(column, Boolean.class));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
