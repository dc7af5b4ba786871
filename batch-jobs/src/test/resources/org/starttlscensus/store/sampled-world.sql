-- A made night of :lists: lists that share nothing and are alike, each with :groups: groups of servers. Two providers have
-- more servers than fit into a night, big.example and large.example, and implicit MX are rotated as well. Every server
-- has its truth here; the test hides those that are not drawn. pick(what) is a number from 0 to 999 that depends on its
-- argument alone.
CREATE FUNCTION pg_temp.pick(what text) RETURNS integer LANGUAGE sql IMMUTABLE
AS $$ SELECT (abs(hashtextextended(what, 0)) % 1000)::integer $$;

INSERT INTO night (night, method_version, trust_store, opened_at)
VALUES (date ':night:', '1', 'test', '2026-11-23T22:00:00Z');

SELECT open_partitions(date ':night:');

CREATE TEMPORARY TABLE made_group AS
SELECT list, g,
       CASE WHEN g % 10 < 5 THEN 'two_hosts' WHEN g % 10 < 7 THEN 'two_addresses' WHEN g % 10 = 7 THEN 'small'
            WHEN g % 10 = 8 THEN 'mixed' ELSE 'implicit' END AS kind,
       list * :groups: + g + 1 AS id
FROM generate_series(0, :lists: - 1) AS list
CROSS JOIN generate_series(0, :groups: - 1) AS g;

-- name: the host; n: its place in the set; nights: length of its rotation
CREATE TEMPORARY TABLE made_host AS
SELECT made_group.list, made_group.g, made_group.id, n, made_group.kind,
       CASE WHEN kind = 'implicit' THEN format('d0-%s-%s.example', g, list)
            WHEN kind = 'small' OR kind = 'mixed' AND n = 2 THEN format('mx%s.small-%s-%s.example', n, g, list)
            WHEN kind = 'two_addresses' THEN format('mx-%s-%s.large.example', g, list)
            ELSE format('mx%s-%s-%s.big.example', n, g, list) END AS name,
       CASE WHEN kind = 'implicit' THEN 5 WHEN kind = 'small' OR kind = 'mixed' AND n = 2 THEN 1
            WHEN kind = 'two_addresses' THEN 4 ELSE 3 END AS nights
FROM made_group
CROSS JOIN LATERAL generate_series(1, CASE WHEN kind IN ('two_hosts', 'mixed') THEN 2 ELSE 1 END) AS n;

INSERT INTO mail_host (name) SELECT name FROM made_host;

-- yes: whether it offers STARTTLS. The servers of a group are mostly alike.
CREATE TEMPORARY TABLE made_server AS
SELECT made_host.*, mail_host.mail_host_id,
       host('10.0.0.0'::inet + made_host.id * 4 + made_host.n * 2 + a) AS address,
       CASE WHEN pg_temp.pick(format('other %s %s %s', g, n, a)) < 150
            THEN pg_temp.pick(format('own %s %s %s', g, n, a)) ELSE pg_temp.pick('tls ' || g) END
           < CASE kind WHEN 'two_addresses' THEN 350 WHEN 'implicit' THEN 250 ELSE 700 END AS yes,
       CASE WHEN pg_temp.pick('version ' || g) < 600 THEN 'TLSv1.3' ELSE 'TLSv1.2' END AS version
FROM made_host
JOIN mail_host USING (name)
CROSS JOIN LATERAL generate_series(0, CASE kind WHEN 'two_addresses' THEN 1 ELSE 0 END) AS a;

INSERT INTO host_addresses
SELECT mail_host_id, '2026-11-01', NULL, 'found', '{}', array_agg(address::inet), count(*)
FROM made_server GROUP BY mail_host_id;

INSERT INTO endpoint (mail_host_id, address) SELECT mail_host_id, address::inet FROM made_server;

INSERT INTO mx_set (mx_set_id, sha256) OVERRIDING SYSTEM VALUE
SELECT id, sha256(id::text::bytea) FROM made_group;

INSERT INTO mx_set_member SELECT DISTINCT id, mail_host_id, n * 10 FROM made_server;

CREATE TEMPORARY TABLE made_domain AS
SELECT row_number() OVER (ORDER BY list, g, d) AS domain_id, list, id, format('d%s-%s-%s.example', d, g, list) AS name,
       CASE kind WHEN 'implicit' THEN 'implicit_mx' ELSE 'mx' END AS route,
       CASE kind WHEN 'two_hosts' THEN 2 WHEN 'mixed' THEN 2 ELSE 1 END AS hosts,
       1 + pg_temp.pick(format('rank %s %s', g, d)) * 7 AS rank
FROM made_group
CROSS JOIN LATERAL generate_series(0, CASE kind WHEN 'implicit' THEN 0 ELSE pg_temp.pick('size ' || g) / 300 END) AS d;

INSERT INTO domain (domain_id, name) OVERRIDING SYSTEM VALUE SELECT domain_id, name FROM made_domain;

INSERT INTO mail_route SELECT domain_id, '2026-11-01', NULL, route, id, hosts FROM made_domain;

INSERT INTO list_edition (list_id, sha256, file, bytes, lines, accepted, rejected, blank, duplicates, read_at,
                          text_bytes)
SELECT 'list' || list, sha256(list::text::bytea), 'list', 1, 1, 1, 0, 0, 0, '2026-11-23T22:00:00Z', 1
FROM generate_series(0, :lists: - 1) AS list;

INSERT INTO night_list SELECT date ':night:', list_edition_id, list_edition_id FROM list_edition;

INSERT INTO listed_block (list_edition_id, block, ranks)
SELECT list_edition.list_edition_id, block.block, (
    SELECT array_agg(made_domain.rank ORDER BY place)
    FROM generate_series(1, places_of_block()) AS place
    LEFT JOIN made_domain
        ON made_domain.domain_id = domain_at(block.block, place) AND made_domain.list = block.list)
FROM (SELECT DISTINCT list, block_of(domain_id) AS block FROM made_domain) AS block
JOIN list_edition ON list_edition.list_id = 'list' || block.list;

INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source, provider_rules,
                          is_primary, is_implicit, measured_within_nights, drawn_as)
SELECT date ':night:', endpoint_id, 1, endpoint.address, '10.0.0.0/24',
       regexp_replace(made_server.name, '^[^.]*[.]', '') || CASE kind WHEN 'implicit' THEN '.' || g || '-' || list ELSE '' END,
       'psl', 'test', made_server.n = 1, kind = 'implicit', nights,
       CASE WHEN nights > 1 THEN id END
FROM made_server
JOIN endpoint ON endpoint.mail_host_id = made_server.mail_host_id AND endpoint.address = made_server.address::inet;

INSERT INTO tls_profile (sha256, tls_version, cipher_suite, key_exchange_group, client_certificate_requested,
                         session_ticket, hello_retry_requested, offer_id)
SELECT sha256(version::bytea), version, 'TLS_AES_128_GCM_SHA256', 'x25519', false, false, false, 'test'
FROM unnest(ARRAY['TLSv1.2', 'TLSv1.3']) AS version;

INSERT INTO assessed_server (night, endpoint_id, outcome, starttls, tls_profile_id, chain, chain_ok, expired,
                             self_signed, weak_key, weak_signature, name_match, attempts, observed_at, flags,
                             method_version)
SELECT date ':night:', endpoint_id, CASE WHEN yes THEN 'starttls_ok' ELSE 'no_starttls' END, yes,
       CASE WHEN yes THEN tls_profile.tls_profile_id END,
       CASE WHEN yes THEN 'trusted' END, CASE WHEN yes THEN true END, CASE WHEN yes THEN false END,
       CASE WHEN yes THEN false END, CASE WHEN yes THEN false END, CASE WHEN yes THEN false END,
       CASE WHEN yes THEN CASE WHEN pg_temp.pick('name ' || g) < 500 THEN 'match' ELSE 'mismatch' END END,
       1, '2026-11-23T23:00:00Z', '{}', '1'
FROM made_server
JOIN endpoint ON endpoint.mail_host_id = made_server.mail_host_id AND endpoint.address = made_server.address::inet
JOIN tls_profile ON tls_profile.tls_version = made_server.version;
