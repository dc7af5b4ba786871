-- "No STARTTLS" is believed only at a second look (docs/outcomes.md, section 5): two clean observations of the
-- address, by any of its names, far enough apart tonight, or one tonight and one at the last call before tonight; and
-- nothing that speaks against them within 24 hours of either: no negative signal of the provider, no failed
-- handshake of ours to the address. And no handshake finished there tonight, nor on the seven nights before unless three
-- nights without one came between, nor within thirty nights where one has followed a clean observation.
WITH contact AS MATERIALIZED (
    SELECT permit.night, permit.started_at, permit.signal, endpoint.address,
           coalesce(planned_call.provider, asked_call.provider)                                            AS provider,
           planned_call.night IS NOT NULL                                                                  AS is_planned,
           permit.signal = 'no_starttls' AND observation.phase = 'ehlo' AND observation.ending = 'replied' AS is_clean,
           observation.tls_failure IS NOT NULL                                                             AS is_broken
    FROM permit
    JOIN endpoint USING (endpoint_id)
    LEFT JOIN planned_call ON planned_call.night = permit.night AND planned_call.endpoint_id = permit.endpoint_id
    LEFT JOIN asked_call ON asked_call.night = permit.night AND asked_call.endpoint_id = permit.endpoint_id
    LEFT JOIN observation ON observation.night = permit.night AND observation.permit_id = permit.permit_id
    WHERE permit.night BETWEEN :night::date - 32 AND :night
      AND permit.signal <> 'not_dialled'
),

seen AS (
    SELECT address, provider,
           min(min(started_at)) OVER (PARTITION BY address) AS first_at,
           max(max(started_at)) OVER (PARTITION BY address) AS last_at
    FROM contact
    WHERE night = :night
      AND is_clean
      AND is_planned
    GROUP BY address, provider
),

shown AS MATERIALIZED (
    SELECT endpoint.address, permit.night, permit.started_at, observation.tls_profile_id IS NOT NULL AND NOT observation.tls_unfinished AS is_handshake,
           permit.signal = 'no_starttls' AND observation.phase = 'ehlo' AND observation.ending = 'replied' AS is_clean
    FROM permit
    JOIN endpoint USING (endpoint_id)
    JOIN observation ON observation.night = permit.night AND observation.permit_id = permit.permit_id
    WHERE permit.night BETWEEN :night::date - 90 AND :night
),

handshake AS (
    SELECT address, max(night) AS night, max(started_at) AS started_at
    FROM shown
    WHERE is_handshake
    GROUP BY address
),

kept_by_handshake AS (
    SELECT handshake.address
    FROM handshake
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT shown.night) FILTER (WHERE shown.night > handshake.night)                             AS in_all,
               count(DISTINCT shown.night) FILTER (WHERE shown.night > handshake.night AND shown.night < :night) AS before,
               bool_or(shown.started_at < handshake.started_at)                                      AS is_overturned
        FROM shown
        WHERE shown.address = handshake.address
          AND shown.is_clean
    ) AS without
    WHERE handshake.night = :night
       OR handshake.night >= :night::date - 7 AND without.before < 3
       OR without.is_overturned AND without.in_all < 30
),

-- What was the last contact with the address before tonight, within a month? A call whose process died counts: nothing is known of it.
called_before AS (
    SELECT DISTINCT ON (contact.address) contact.address, contact.started_at, coalesce(contact.is_clean, false) AS was_clean
    FROM contact
    WHERE contact.night < :night
      AND contact.address IN (SELECT address FROM seen)
      AND (contact.started_at IS NOT NULL OR contact.signal = 'abandoned')
    ORDER BY contact.address, contact.night DESC, contact.started_at DESC NULLS FIRST
),

disturbed_tonight AS (
    SELECT DISTINCT address
    FROM contact
    WHERE night = :night
      AND NOT coalesce(is_clean, false)
),

looked AS (
    SELECT address, provider, first_at, last_at
    FROM seen
    WHERE last_at - first_at >= make_interval(secs => :gap_seconds)
    UNION ALL
    SELECT seen.address, seen.provider, called_before.started_at, seen.last_at
    FROM seen
    JOIN called_before USING (address)
    WHERE called_before.was_clean
      AND seen.address NOT IN (SELECT address FROM disturbed_tonight)
),

refusal AS MATERIALIZED (
    SELECT provider, address, started_at
    FROM contact
    WHERE signal IN ('blocked_reputation', 'blocked_suspected', 'muted', 'rate_limited', 'greylisted')
),

broken AS MATERIALIZED (
    SELECT address, started_at
    FROM contact
    WHERE is_broken
),

spoken_against AS (
    SELECT looked.address
    FROM looked
    JOIN refusal ON refusal.provider = looked.provider OR refusal.address = looked.address
    WHERE refusal.started_at BETWEEN looked.first_at - interval '24 hours' AND looked.first_at + interval '24 hours'
       OR refusal.started_at BETWEEN looked.last_at - interval '24 hours' AND looked.last_at + interval '24 hours'
    UNION
    SELECT looked.address
    FROM looked
    JOIN broken USING (address)
    WHERE broken.started_at BETWEEN looked.first_at - interval '24 hours' AND looked.last_at
    UNION
    SELECT address FROM kept_by_handshake
),

confirmed AS (
    SELECT address FROM looked
    EXCEPT
    SELECT address FROM spoken_against
)

UPDATE assessed_server
SET outcome = 'no_starttls', starttls = false
FROM planned_call
JOIN confirmed USING (address)
WHERE assessed_server.night = :night
  AND assessed_server.outcome = 'no_starttls_unconfirmed'
  AND planned_call.night = :night
  AND planned_call.endpoint_id = assessed_server.endpoint_id
