-- Nights between :first and :last, as if they had been: each with an edition of the list and its failures, and a closed
-- span for each domain and host that had moved, one in a hundred a night.
WITH passed AS (
    INSERT INTO census.night (night, method_version, trust_store, opened_at, completed_at)
    SELECT day::date, 'bench', 'bench', day + interval '22 hours', day + interval '30 hours'
    FROM generate_series(:first::date, :last::date, interval '1 day') AS day
    RETURNING night
),

edition AS (
    INSERT INTO census.list_edition (list_id, sha256, file, bytes, lines, accepted, rejected, blank, duplicates, read_at,
                                     text_bytes)
    SELECT list_id, sha256(passed.night::text::bytea), file, bytes, lines, accepted, rejected, blank, duplicates, read_at,
           text_bytes
    FROM census.list_edition
    CROSS JOIN passed
    WHERE list_edition_id = 1
    RETURNING list_edition_id, sha256
),

pinned AS (
    INSERT INTO census.night_list (night, list_edition_id, position)
    SELECT passed.night, edition.list_edition_id, 1
    FROM passed
    JOIN edition ON edition.sha256 = sha256(passed.night::text::bytea)
),

listed AS (
    INSERT INTO census.listed_block (list_edition_id, block, ranks)
    SELECT edition.list_edition_id, listed_block.block, listed_block.ranks
    FROM edition
    CROSS JOIN census.listed_block
    WHERE listed_block.list_edition_id = 1
),

domains AS (
    INSERT INTO census.route_failure (night, domain_id, route)
    SELECT passed.night, domain.domain_id, 'dns_timeout'
    FROM passed
    JOIN census.domain ON domain.domain_id % 50 = (passed.night - date '1970-01-01') % 50
),

hosts AS (
    INSERT INTO census.host_failure (night, mail_host_id, status)
    SELECT passed.night, mail_host.mail_host_id, 'timeout'
    FROM passed
    JOIN census.mail_host ON mail_host.mail_host_id % 100 = (passed.night - date '1970-01-01') % 100
),

routes AS (
    INSERT INTO census.mail_route (domain_id, first_night, last_night, route, mx_set_id, mx_seen)
    SELECT mail_route.domain_id, passed.night - 3650, passed.night - 3650, mail_route.route, mail_route.mx_set_id,
           mail_route.mx_seen
    FROM passed
    JOIN census.mail_route ON mail_route.domain_id % 100 = (passed.night - date '1970-01-01') % 100
    WHERE mail_route.last_night IS NULL
)

INSERT INTO census.host_addresses (mail_host_id, first_night, last_night, status, aliases, addresses, seen)
SELECT host_addresses.mail_host_id, passed.night - 3650, passed.night - 3650, host_addresses.status,
       host_addresses.aliases, host_addresses.addresses, host_addresses.seen
FROM passed
JOIN census.host_addresses ON host_addresses.mail_host_id % 100 = (passed.night - date '1970-01-01') % 100
WHERE host_addresses.last_night IS NULL
