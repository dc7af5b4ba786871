-- Closes the spans whose route has changed and opens new ones. An unchanged domain costs no write.
WITH seen AS (
    SELECT given.domain_id, given.route, mx_set.mx_set_id, given.mx_seen
    FROM unnest(:domain_ids, :routes, :sha256s, :mx_seen) AS given (domain_id, route, sha256, mx_seen)
    LEFT JOIN mx_set ON mx_set.sha256 = decode(given.sha256, 'hex')
),

changed AS (
    SELECT seen.domain_id, seen.route, seen.mx_set_id, seen.mx_seen, held.first_night AS held_since
    FROM seen
    LEFT JOIN mail_route AS held ON held.domain_id = seen.domain_id AND held.last_night IS NULL
    WHERE held.domain_id IS NULL
       OR (held.route, held.mx_set_id, held.mx_seen) IS DISTINCT FROM (seen.route, seen.mx_set_id, seen.mx_seen)
),

closed AS (
    UPDATE mail_route
    SET last_night = :night::date - 1
    FROM changed
    WHERE mail_route.domain_id = changed.domain_id
      AND mail_route.last_night IS NULL
      AND mail_route.first_night < :night
    RETURNING mail_route.domain_id
)

-- Counting the closed spans makes this wait for them, so that no domain ever has two open spans.
INSERT INTO mail_route (domain_id, first_night, route, mx_set_id, mx_seen)
SELECT changed.domain_id, :night, changed.route, changed.mx_set_id, changed.mx_seen
FROM changed
WHERE (SELECT count(*) FROM closed) >= 0
ON CONFLICT (domain_id, first_night) DO UPDATE
SET route = excluded.route, mx_set_id = excluded.mx_set_id, mx_seen = excluded.mx_seen
