package org.starttlscensus.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Writes a {@link TrendWorld} into the tables, as the steps before aggregate would have. */
final class TrendWorldTables {

    private final Database database;
    private final JdbcClient jdbc;

    TrendWorldTables(Database database) {
        WritableVerdicts.in(database);
        this.database = database;
        this.jdbc = database.jdbc();
    }

    void fill(TrendWorld world) {
        sql("""
                TRUNCATE night, list_edition, night_list, domain, listed_block, mail_host, mx_set,
                         mx_set_member, mail_route,
                         route_failure, host_addresses, host_failure, endpoint, planned_call, tls_profile, observation,
                         server_night, assessed_server, domain_state, domain_night, domain_revision, adoption,
                         distribution_value, distribution RESTART IDENTITY CASCADE""").update();
        sql("INSERT INTO night (night, method_version, trust_store, opened_at) "
                        + "VALUES (:night, '1', 'test', '2026-11-23T22:00:00Z')")
                .update();
        sql("SELECT open_partitions(:night)::text").query(String.class).single();
        world.lists().forEach(this::list);
        world.hosts().forEach(this::host);
        world.sets().forEach(this::set);
        world.domains().forEach(domain -> domain(domain, world));
        sql("""
                INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider,
                                          provider_source, provider_rules, is_primary, is_implicit)
                SELECT :night, server.endpoint_id, 1, endpoint.address, '192.0.2.0/24',
                       regexp_replace(mail_host.name, '^[^.]*[.]', ''),
                       'psl', 'test', true, bool_and(server.is_implicit)
                FROM tonight_set_server(:night) AS server
                JOIN endpoint USING (endpoint_id)
                JOIN mail_host ON mail_host.mail_host_id = endpoint.mail_host_id
                GROUP BY server.endpoint_id, endpoint.address, mail_host.name""").update();
        world.hosts().forEach(host -> host.servers().forEach(server -> verdict(host, server)));
        new Filing(database).publish(TrendWorld.NIGHT, "1", Instant.parse("2026-11-24T06:00:00Z"));
    }

    private void list(String name) {
        sql("""
                WITH edition AS (
                    INSERT INTO list_edition (list_id, sha256, file, bytes, lines, accepted, rejected, blank,
                                              duplicates, read_at, text_bytes)
                    VALUES (:name, sha256(:name::bytea), :name, 1, 1, 1, 0, 0, 0, '2026-11-23T22:00:00Z', 1)
                    RETURNING list_edition_id
                )
                INSERT INTO night_list SELECT :night, list_edition_id, list_edition_id
                    FROM edition""").param("name", name).update();
    }

    private void host(TrendWorld.Host host) {
        sql("INSERT INTO mail_host (name) VALUES (:name)")
                .param("name", host.name())
                .update();
        var addresses = host.servers().stream().map(TrendWorld.Server::address).toArray(String[]::new);
        sql("""
                INSERT INTO host_addresses
                SELECT mail_host_id, '2026-11-01', NULL, CASE WHEN cardinality(:addresses::inet[]) > 0
                       THEN 'found' ELSE 'no_address' END,
                       '{}', :addresses::inet[], cardinality(:addresses::inet[]) + :beyond
                FROM mail_host WHERE name = :name""")
                .param("name", host.name())
                .param("addresses", addresses)
                .param("beyond", host.beyond())
                .update();
        sql("INSERT INTO endpoint (mail_host_id, address) "
                        + "SELECT mail_host_id, unnest(:addresses::inet[]) FROM mail_host WHERE name = :name")
                .param("name", host.name())
                .param("addresses", addresses)
                .update();
        if (host.failed()) {
            sql("INSERT INTO host_failure SELECT :night, mail_host_id, 'timeout' FROM mail_host WHERE name = :name")
                    .param("name", host.name())
                    .update();
        }
    }

    private void set(TrendWorld.MailSet set) {
        var id = sql("INSERT INTO mx_set (sha256) SELECT sha256(gen_random_uuid()::text::bytea) RETURNING mx_set_id")
                .query(Long.class)
                .single();
        set.members()
                .forEach(member -> sql("""
                INSERT INTO mx_set_member SELECT :set, mail_host_id, :preference FROM mail_host WHERE name = :name""")
                        .param("set", id)
                        .param("name", member.host().name())
                        .param("preference", member.preference())
                        .update());
    }

    private void domain(TrendWorld.Listed domain, TrendWorld world) {
        sql("INSERT INTO domain (name) VALUES (:name)")
                .param("name", domain.name())
                .update();
        domain.lists().forEach((list, rank) -> listed(domain.name(), list, rank));
        if (domain.route().startsWith("dns_")) {
            sql("INSERT INTO route_failure SELECT :night, domain_id, :route FROM domain WHERE name = :name")
                    .param("name", domain.name())
                    .param("route", domain.route())
                    .update();
            return;
        }
        sql("INSERT INTO mail_route "
                        + "SELECT domain_id, '2026-11-01', NULL, :route, :set, :seen FROM domain WHERE name = :name")
                .param("name", domain.name())
                .param(
                        "seen",
                        domain.beyond()
                                + domain.set().map(set -> set.members().size()).orElse(0))
                .param("route", domain.route())
                .param(
                        "set",
                        domain.set().map(set -> world.sets().indexOf(set) + 1L).orElse(null))
                .update();
    }

    private void listed(String domain, String list, Optional<Integer> rank) {
        var edition = sql("SELECT list_edition_id FROM list_edition WHERE list_id = :list")
                .param("list", list)
                .query(Long.class)
                .single();
        var id = sql("SELECT domain_id FROM domain WHERE name = :name")
                .param("name", domain)
                .query(Long.class)
                .single();
        new ListedDomains(jdbc).add(edition, id, rank.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    }

    /** A server that is not in the plan, because no domain leads to it, gets no verdict. */
    private void verdict(TrendWorld.Host host, TrendWorld.Server server) {
        var id = sql("SELECT endpoint_id FROM planned_call JOIN endpoint USING (endpoint_id, address) "
                        + "JOIN mail_host USING (mail_host_id) WHERE name = :name AND address = :address::inet")
                .param("name", host.name())
                .param("address", server.address())
                .query(Long.class)
                .optional();
        if (id.isEmpty()) return;
        if (!server.inherited()) {
            verdict(id.get(), server);
            return;
        }
        var donor = sql("""
                WITH donor AS (INSERT INTO mail_host (name) VALUES (:name) RETURNING mail_host_id),
                     there AS (INSERT INTO endpoint (mail_host_id, address) SELECT mail_host_id, :address::inet
                               FROM donor RETURNING endpoint_id)
                INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider,
                                          provider_source, provider_rules, is_primary, is_implicit)
                SELECT :night, endpoint_id, 1, :address::inet, '192.0.2.0/24', 'donor', 'psl', 'test',
                       true, false FROM there
                RETURNING endpoint_id""")
                .param("name", "donor" + id.get() + ".example")
                .param("address", server.address())
                .query(Long.class)
                .single();
        verdict(donor, server);
        sql("UPDATE planned_call SET not_attempted = 'inherited', donor_endpoint_id = :donor WHERE endpoint_id = :id")
                .param("donor", donor)
                .param("id", id.get())
                .update();
        jdbc.sql(Sql.named("verdict/inherit"))
                .param("night", TrendWorld.NIGHT.date())
                .update();
    }

    private void verdict(long id, TrendWorld.Server server) {
        var profile = server.session()
                .map(session -> sql("""
                INSERT INTO tls_profile (sha256, tls_version, cipher_suite, key_exchange_group,
                                         client_certificate_requested, offer_id, session_ticket, hello_retry_requested)
                VALUES (sha256(gen_random_uuid()::text::bytea), :version, 'TLS_AES_128_GCM_SHA256', :group,
                        false, 'test', false, false)
                RETURNING tls_profile_id""")
                        .param("version", session.version())
                        .param("group", session.group().orElse(null))
                        .query(Long.class)
                        .single());
        var statement = sql("""
                INSERT INTO assessed_server (night, endpoint_id, outcome, starttls, tls_profile_id, chain,
                                             chain_ok, expired, self_signed,
                                            weak_key, weak_signature, name_match, attempts, observed_at, flags,
                                            method_version)
                VALUES (:night, :id, :outcome, :starttls, :profile, :chain, :chain_ok, :expired, :self_signed,
                        :weak_key, :weak_signature,
                        :name, 1, '2026-11-23T23:00:00Z', '{}', '1')""")
                .param("id", id)
                .param("outcome", server.outcome())
                .param("starttls", server.starttls().orElse(null))
                .param("profile", profile.orElse(null));
        var session = server.session();
        statement
                .param("chain", session.map(TrendWorld.Session::chain).orElse(null))
                .param("chain_ok", session.map(TrendWorld.Session::chainOk).orElse(null))
                .param("expired", session.map(TrendWorld.Session::expired).orElse(null))
                .param(
                        "self_signed",
                        session.map(TrendWorld.Session::selfSigned).orElse(null))
                .param("weak_key", session.map(TrendWorld.Session::weakKey).orElse(null))
                .param(
                        "weak_signature",
                        session.map(TrendWorld.Session::weakSignature).orElse(null))
                .param("name", session.flatMap(TrendWorld.Session::name).orElse(null))
                .update();
    }

    private StatementSpec sql(String statement) {
        return jdbc.sql(statement).param("night", TrendWorld.NIGHT.date());
    }
}
