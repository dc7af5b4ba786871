-- Spans of addresses, as save_routes.sql does for routes.
WITH seen AS (
    SELECT DISTINCT ON (mail_host.mail_host_id) mail_host.mail_host_id, given.status,
           string_to_array(given.aliases, ' ') AS aliases,
           string_to_array(given.addresses, ' ')::inet[] AS addresses, given.seen
    FROM unnest(:names, :statuses, :aliases, :addresses, :seen) AS given (name, status, aliases, addresses, seen)
    JOIN mail_host ON mail_host.name = given.name
    ORDER BY mail_host.mail_host_id
),

changed AS (
    SELECT seen.mail_host_id, seen.status, seen.aliases, seen.addresses, seen.seen
    FROM seen
    LEFT JOIN host_addresses AS held ON held.mail_host_id = seen.mail_host_id AND held.last_night IS NULL
    WHERE held.mail_host_id IS NULL
       OR (held.status, held.aliases, held.addresses, held.seen)
          IS DISTINCT FROM (seen.status, seen.aliases, seen.addresses, seen.seen)
),

closed AS (
    UPDATE host_addresses
    SET last_night = :night::date - 1
    FROM changed
    WHERE host_addresses.mail_host_id = changed.mail_host_id
      AND host_addresses.last_night IS NULL
      AND host_addresses.first_night < :night
    RETURNING host_addresses.mail_host_id
)

INSERT INTO host_addresses (mail_host_id, first_night, status, aliases, addresses, seen)
SELECT changed.mail_host_id, :night, changed.status, changed.aliases, changed.addresses, changed.seen
FROM changed
WHERE (SELECT count(*) FROM closed) >= 0
ON CONFLICT (mail_host_id, first_night) DO UPDATE
SET status = excluded.status, aliases = excluded.aliases, addresses = excluded.addresses, seen = excluded.seen
