package org.starttlscensus.store;

import static org.starttlscensus.store.TrendWorld.pick;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.starttlscensus.fact.CensusNight;

/**
 * A few domains, hosts and servers over many nights, of which a little changes from night to night: lists, routes,
 * failed look-ups, providers and what servers answered. What the steps before aggregate would have stored.
 */
final class SpanWorld {

    /** They are in two blocks of a list: see {@code listed_block}. */
    private static final List<Long> DOMAINS =
            IntStream.range(954, 968).mapToObj(Long::valueOf).toList();

    private static final List<String> OUTCOMES =
            List.of("starttls_ok", "starttls_ok", "no_starttls", "blocked", "not_smtp", "unreachable_timeout");
    private static final String BEFORE_ALL = "2026-01-01";
    private static final int SERVERS = 10;

    private final JdbcClient jdbc;
    private final RandomGenerator random;
    private final Map<Integer, String> outcomes = new HashMap<>();
    private int rules;

    SpanWorld(Database database, RandomGenerator random) {
        this.jdbc = database.jdbc();
        this.random = random;
    }

    void begin() {
        sql("""
                TRUNCATE night, list_edition, night_list, domain, listed_block, mail_host, mx_set, mx_set_member,
                         mail_route, route_failure, host_addresses, host_failure, endpoint, planned_call, server_state,
                         server_night, domain_state, domain_night, domain_revision, night_version
                RESTART IDENTITY CASCADE""").update();
        for (var domain : DOMAINS) {
            sql("INSERT INTO domain (domain_id, name) OVERRIDING SYSTEM VALUE VALUES (:id, 'd' || :id || '.example')")
                    .param("id", domain)
                    .update();
        }
        sql("INSERT INTO mail_host (name) SELECT 'mx' || i || '.example' FROM generate_series(1, 5) AS i")
                .update();
        sql("""
                INSERT INTO host_addresses
                SELECT mail_host_id, :before, NULL, 'found', '{}',
                       ARRAY['192.0.2.0'::inet + mail_host_id, '192.0.2.100'::inet + mail_host_id], 2
                FROM mail_host""").update();
        sql("INSERT INTO endpoint (mail_host_id, address) SELECT mail_host_id, unnest(addresses) FROM host_addresses")
                .update();
        sql("INSERT INTO mx_set (sha256) SELECT sha256(i::text::bytea) FROM generate_series(1, 6) AS i")
                .update();
        sql("""
                INSERT INTO mx_set_member
                SELECT mx_set_id, mail_host_id, 10 * (mail_host_id % 2)
                FROM mx_set JOIN mail_host ON mail_host_id IN (1 + mx_set_id % 5, 1 + (2 * mx_set_id) % 5)""").update();
        sql("""
                INSERT INTO mail_route
                SELECT domain_id, :before, NULL, 'mx', 1 + domain_id % 6, 2 FROM domain""").update();
    }

    /** Everything up to the calls. The night must not be there. */
    void open(CensusNight night) {
        at(
                        "INSERT INTO night (night, method_version, trust_store, opened_at) VALUES (:night, '1', 'test', :night)",
                        night)
                .update();
        at("SELECT open_partitions(:night)::text", night).query(String.class).single();
        list(night, "a", 1);
        if (random.nextInt(3) > 0) list(night, "b", 2);
        for (var domain : DOMAINS) {
            if (random.nextInt(10) == 0) route(night, domain);
            if (random.nextInt(12) == 0)
                at("INSERT INTO route_failure VALUES (:night, :domain, 'dns_timeout')", night)
                        .param("domain", domain)
                        .update();
        }
        if (random.nextInt(4) == 0)
            at("INSERT INTO host_failure VALUES (:night, 3, 'timeout')", night).update();
        if (random.nextInt(4) == 0) rules++;
        at("""
                INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source,
                                          provider_rules, is_primary, is_implicit)
                SELECT :night, endpoint_id, 1, endpoint.address, '192.0.2.0/24',
                       'p' || (endpoint.mail_host_id + :rules) % 3, 'psl', 'test', true, bool_and(server.is_implicit)
                FROM tonight_set_server(:night) AS server
                JOIN endpoint USING (endpoint_id)
                GROUP BY endpoint_id, endpoint.address, endpoint.mail_host_id""", night).param("rules", rules).update();
        answer(night);
    }

    /** What the servers answered, or another answer of theirs, in place of an earlier one. */
    void answer(CensusNight night) {
        at("DELETE FROM server_night WHERE night = :night", night).update();
        for (int server = 1; server <= SERVERS; server++) {
            var before = outcomes.get(server);
            var outcome = before == null || random.nextInt(6) == 0 ? pick(OUTCOMES, random) : before;
            outcomes.put(server, outcome);
            at("""
                    INSERT INTO server_verdict (night, endpoint_id, outcome, starttls, attempts, observed_at, flags,
                                                method_version)
                    SELECT night, endpoint_id, :outcome, CASE :outcome WHEN 'starttls_ok' THEN true
                                                                       WHEN 'no_starttls' THEN false END,
                           1, :night + make_interval(mins => :minute), '{}', '1'
                    FROM planned_call WHERE night = :night AND endpoint_id = :server""", night)
                    .param("outcome", outcome)
                    .param("minute", random.nextInt(600))
                    .param("server", server)
                    .update();
        }
    }

    /** The edition of the latest night, or a new one, with and without ranks. */
    private void list(CensusNight night, String name, int position) {
        var latest = sql("SELECT max(list_edition_id) FROM list_edition WHERE list_id = :name HAVING count(*) > 0")
                .param("name", name)
                .query(Long.class)
                .optional();
        var edition = latest.filter(_ -> random.nextBoolean()).orElseGet(() -> edition(name));
        at("INSERT INTO night_list VALUES (:night, :edition, :position)", night)
                .param("edition", edition)
                .param("position", position)
                .update();
    }

    private long edition(String name) {
        long edition = sql("""
                INSERT INTO list_edition (list_id, sha256, file, bytes, lines, accepted, rejected, blank, duplicates,
                                          read_at, text_bytes)
                VALUES (:name, sha256(gen_random_uuid()::text::bytea), :name, 1, 1, 1, 0, 0, 0, now(), 1)
                RETURNING list_edition_id""").param("name", name).query(Long.class).single();
        var listed = new ListedDomains(jdbc);
        for (var domain : DOMAINS)
            if (random.nextInt(4) > 0)
                listed.add(
                        edition,
                        domain,
                        random.nextBoolean() ? OptionalInt.of(random.nextInt(1, 9)) : OptionalInt.empty());
        return edition;
    }

    private void route(CensusNight night, long domain) {
        var route = pick(List.of("mx", "implicit_mx", "null_mx", "nxdomain"), random);
        var set = route.endsWith("mx") && !route.equals("null_mx") ? 1 + random.nextLong(6) : null;
        at("""
                UPDATE mail_route SET last_night = :night::date - 1
                WHERE domain_id = :domain AND last_night IS NULL""", night).param("domain", domain).update();
        at("INSERT INTO mail_route VALUES (:domain, :night, NULL, :route, :set, :seen)", night)
                .param("domain", domain)
                .param("route", route)
                .param("set", set)
                .param("seen", set == null ? 0 : random.nextInt(2, 4))
                .update();
    }

    private StatementSpec at(String statement, CensusNight night) {
        return jdbc.sql(statement).param("night", night.date());
    }

    private StatementSpec sql(String statement) {
        return statement.contains(":before")
                ? jdbc.sql(statement).param("before", LocalDate.parse(BEFORE_ALL))
                : jdbc.sql(statement);
    }
}
