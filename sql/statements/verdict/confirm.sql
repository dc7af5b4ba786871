-- "No STARTTLS" is believed only at a second look (contract, section 4): two clean observations of the address, by any of its
-- names, far enough apart tonight, or one tonight and one at the last call before tonight; and nothing that speaks against
-- them within 24 hours of either: no negative signal of the provider, no failed handshake of ours to the address.
-- It begins with tonight's clean looks, a few in a hundred calls, and asks only for what was seen at their addresses and
-- providers: each question of the past goes through an index, so its cost does not grow with the nights that are stored.
WITH seen AS MATERIALIZED (
    SELECT planned_call.address, planned_call.provider, min(permit.started_at) AS first_at, max(permit.started_at) AS last_at
    FROM permit
    JOIN planned_call USING (night, endpoint_id)
    JOIN observation USING (night, permit_id)
    WHERE permit.night = :night
      AND permit.signal = 'no_starttls'
      AND observation.phase = 'ehlo'
      AND observation.ending = 'replied'
    GROUP BY planned_call.address, planned_call.provider
),

place AS MATERIALIZED (
    SELECT DISTINCT address
    FROM seen
),

-- What was the last contact with the address before tonight, within a month? A call whose process died counts: nothing is known of it.
-- Night by night backwards, to the first in which there was one.
called_before AS (
    SELECT place.address, last_contact.started_at, last_contact.was_clean
    FROM place
    CROSS JOIN LATERAL (
        SELECT contact.started_at, contact.was_clean
        FROM night
        CROSS JOIN LATERAL (
            SELECT permit.started_at,
                   coalesce(permit.signal = 'no_starttls' AND observation.phase = 'ehlo' AND observation.ending = 'replied', false)
                       AS was_clean
            FROM endpoint
            JOIN permit ON permit.night = night.night AND permit.endpoint_id = endpoint.endpoint_id
            JOIN planned_call ON planned_call.night = night.night AND planned_call.endpoint_id = endpoint.endpoint_id
            LEFT JOIN observation ON observation.night = night.night AND observation.permit_id = permit.permit_id
            WHERE endpoint.address = place.address
              AND permit.signal <> 'not_dialled'
              AND (permit.started_at IS NOT NULL OR permit.signal = 'abandoned')
            ORDER BY permit.started_at DESC NULLS FIRST
            LIMIT 1
        ) AS contact
        WHERE night.night BETWEEN :night::date - 32 AND :night::date - 1
        ORDER BY night.night DESC
        LIMIT 1
    ) AS last_contact
),

disturbed_tonight AS (
    SELECT DISTINCT place.address
    FROM place
    JOIN endpoint USING (address)
    JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = endpoint.endpoint_id
    JOIN permit ON permit.night = :night AND permit.endpoint_id = endpoint.endpoint_id
    LEFT JOIN observation ON observation.night = :night AND observation.permit_id = permit.permit_id
    WHERE permit.signal <> 'not_dialled'
      AND NOT coalesce(permit.signal = 'no_starttls' AND observation.phase = 'ehlo' AND observation.ending = 'replied', false)
),

looked AS MATERIALIZED (
    SELECT address, provider, first_at, last_at
    FROM seen
    WHERE last_at - first_at >= make_interval(secs => :gap_seconds)
    UNION ALL
    SELECT seen.address, seen.provider, called_before.started_at, seen.last_at
    FROM seen
    JOIN called_before USING (address)
    WHERE called_before.was_clean
      AND NOT EXISTS (SELECT FROM disturbed_tonight WHERE disturbed_tonight.address = seen.address)
),

-- The stretches of time that any refusal must fall into to matter: as a rule tonight and the night before.
stretch AS MATERIALIZED (
    SELECT unnest(range_agg(tstzrange(moment.at - interval '24 hours', moment.at + interval '24 hours', '[]'))) AS around
    FROM looked
    CROSS JOIN LATERAL (VALUES (first_at), (last_at)) AS moment (at)
),

refusal AS MATERIALIZED (
    SELECT planned_call.provider, permit.started_at
    FROM stretch
    JOIN permit ON permit.started_at BETWEEN lower(stretch.around) AND upper(stretch.around)
    JOIN planned_call ON planned_call.night = permit.night AND planned_call.endpoint_id = permit.endpoint_id
    WHERE permit.signal IN ('blocked_reputation', 'blocked_suspected', 'muted', 'rate_limited', 'greylisted')
      AND permit.night BETWEEN :night::date - 32 AND :night
),

spoken_against AS (
    SELECT looked.address
    FROM looked
    WHERE EXISTS (
        SELECT
        FROM refusal
        WHERE refusal.provider = looked.provider
          AND (refusal.started_at BETWEEN looked.first_at - interval '24 hours' AND looked.first_at + interval '24 hours'
               OR refusal.started_at BETWEEN looked.last_at - interval '24 hours' AND looked.last_at + interval '24 hours')
    )
    UNION
    SELECT looked.address
    FROM looked
    JOIN endpoint USING (address)
    JOIN observation ON observation.endpoint_id = endpoint.endpoint_id
    JOIN permit ON permit.permit_id = observation.permit_id AND permit.night = observation.night
    JOIN planned_call ON planned_call.night = permit.night AND planned_call.endpoint_id = permit.endpoint_id
    WHERE observation.tls_failure IS NOT NULL
      AND observation.night BETWEEN :night::date - 32 AND :night
      AND permit.signal <> 'not_dialled'
      AND permit.started_at BETWEEN looked.first_at - interval '24 hours' AND looked.last_at
),

confirmed AS (
    SELECT address FROM looked
    EXCEPT
    SELECT address FROM spoken_against
)

UPDATE server_verdict
SET outcome = 'no_starttls', starttls = false
FROM planned_call
JOIN confirmed USING (address)
WHERE server_verdict.night = :night
  AND server_verdict.outcome = 'no_starttls_unconfirmed'
  AND planned_call.night = :night
  AND planned_call.endpoint_id = server_verdict.endpoint_id
