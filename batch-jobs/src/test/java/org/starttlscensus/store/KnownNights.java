package org.starttlscensus.store;

import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/**
 * Nights that are told by letters: what each server showed. {@code t} a trusted chain, {@code e} an expired one, {@code u}
 * another root, {@code n} no STARTTLS, {@code b} a block, {@code i} that it inherits, {@code .} that it was in no plan.
 * Each server is the only one of a domain; {@code p}: it blocks, and a worse one of its domain offers STARTTLS.
 */
final class KnownNights {

    private static final LocalDate FIRST = LocalDate.of(2031, 1, 30);

    private final Database database;
    private final JdbcClient jdbc;

    KnownNights(Database database, int servers) {
        this.database = database;
        this.jdbc = database.jdbc();
        WritableVerdicts.in(database);
        jdbc.sql("""
                TRUNCATE night, list_edition, listed_block, domain, mail_host, endpoint, planned_call, server_night,
                         domain_state, domain_night, known_server, known_domain, known_change
                         RESTART IDENTITY CASCADE""").update();
        jdbc.sql("""
                WITH server AS (SELECT number FROM generate_series(1, :servers) AS number),
                     host AS (INSERT INTO mail_host (name) SELECT 'mx.s' || number || '.test' FROM server ORDER BY number
                              RETURNING mail_host_id),
                     domain AS (INSERT INTO domain (name) SELECT 's' || number || '.test' FROM server ORDER BY number)
                INSERT INTO endpoint (mail_host_id, address)
                SELECT mail_host_id, '192.0.2.0'::inet + mail_host_id FROM host ORDER BY mail_host_id""").param("servers", servers).update();
        jdbc.sql("""
                INSERT INTO list_edition (list_id, sha256, file, bytes, lines, accepted, rejected, blank, duplicates,
                                          read_at, text_bytes)
                VALUES ('list', sha256(''), 'list.txt', 0, :servers, :servers, 0, 0, 0, '2031-01-01', 0)""").param("servers", servers).update();
        for (var id = 1; id <= servers; id++) new ListedDomains(jdbc).add(1, id, OptionalInt.empty());
    }

    static CensusNight night(int number) {
        return new CensusNight(FIRST.plusDays(number - 1L));
    }

    /** Judges a night anew. */
    void judge(int number, String shown) {
        clear(number);
        jdbc.sql("""
                INSERT INTO night (night, method_version, trust_store, opened_at)
                VALUES (:night, '1', 'test', :night::date + time '22:00') ON CONFLICT DO NOTHING""").param("night", night(number).date()).update();
        for (var sql : List.of(
                "INSERT INTO night_list (night, list_edition_id, position) VALUES (:night, 1, 1) ON CONFLICT DO NOTHING",
                "INSERT INTO domain_night (night, method_version) VALUES (:night, '1') ON CONFLICT DO NOTHING"))
            jdbc.sql(sql).param("night", night(number).date()).update();
        jdbc.sql("SELECT open_partitions(:night)::text")
                .param("night", night(number).date())
                .query(String.class)
                .single();
        for (int server = 1; server <= shown.length(); server++) {
            if (shown.charAt(server - 1) != '.') judge(night(number), server, shown.charAt(server - 1));
        }
    }

    private void judge(CensusNight night, int server, char shown) {
        UnaryOperator<String> filled = sql -> sql.replace(":look", """
                (SELECT :night::date AS night, :id::bigint AS id, :night::date + time '22:30' AS at,
                        :outcome AS outcome, CASE WHEN :outcome = 'starttls_ok' THEN true
                                                  WHEN :outcome = 'no_starttls' THEN false END AS starttls,
                        nullif(:chain, '') AS chain) AS look""");
        for (var sql : List.of("""
                INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source,
                                          provider_rules, is_primary, is_implicit)
                SELECT night, id, 1, '192.0.2.0'::inet + id, '192.0.2.0/24', 's' || id || '.test', 'psl', 'test',
                       true, false
                FROM :look""", """
                INSERT INTO server_verdict (night, endpoint_id, outcome, starttls, chain, name_match, attempts, observed_at,
                                            inherited_from, flags, method_version)
                SELECT night, id, outcome, starttls, chain, CASE WHEN chain IS NOT NULL THEN 'match' END,
                       CASE WHEN outcome = 'not_attempted_inherited' THEN 0 ELSE 1 END,
                       CASE WHEN outcome <> 'not_attempted_inherited' THEN at END,
                       CASE WHEN outcome = 'not_attempted_inherited' THEN 'other.test' END, '{}', '1'
                FROM :look""", """
                INSERT INTO domain_state (first_night, last_night, domain_id, route, mx_hosts, starttls_any,
                                          starttls_primary, measured, truncated, mixed_provider)
                SELECT night, night, id, 'mx', 1, coalesce(:any, starttls), starttls, 'own', false, false FROM :look"""))
            jdbc.sql(filled.apply(sql))
                    .param("night", night.date())
                    .param("id", server)
                    .param("any", shown == 'p' ? true : null, Types.BOOLEAN)
                    .param(
                            "outcome",
                            switch (shown) {
                                case 't', 'e', 'u' -> "starttls_ok";
                                case 'n' -> "no_starttls";
                                case 'b', 'p' -> "blocked";
                                default -> "not_attempted_inherited";
                            })
                    .param(
                            "chain",
                            switch (shown) {
                                case 't' -> "trusted";
                                case 'e' -> "expired";
                                case 'u' -> "untrusted_root";
                                default -> "";
                            })
                    .update();
    }

    /** As if the night had never been judged. */
    void clear(int number) {
        for (var rows :
                List.of("server_night WHERE night", "domain_state WHERE first_night", "planned_call WHERE night"))
            jdbc.sql("DELETE FROM " + rows + " = :night")
                    .param("night", night(number).date())
                    .update();
    }

    void note(int number) {
        new KnownStates(database).note(night(number));
    }

    void forget(int number) {
        database.transactions().executeWithoutResult(_ -> new KnownStates(database).forget(night(number)));
    }

    List<String> rows(String question) {
        return jdbc.sql(question).query(String.class).list();
    }

    /** Server or domain, night, and what happened. */
    List<String> changes() {
        return rows("""
                SELECT concat_ws(' ', coalesce(mx_host, domain), night - '%s'::date + 1, kind, before, after)
                FROM pub.change ORDER BY 1""".formatted(FIRST));
    }
}
