-- "No STARTTLS" is believed only at a second look (contract, section 4): two clean observations of the address, by any of its
-- names, far enough apart tonight, or one tonight and one at the last call before tonight; and nothing that speaks against
-- them within 24 hours: no negative signal of the provider, no failed handshake of ours to the address.
WITH clean AS (
    SELECT planned_call.address, planned_call.provider,
           min(permit.started_at) AS first_at, max(permit.started_at) AS last_at
    FROM permit
    JOIN observation USING (night, permit_id)
    JOIN planned_call ON planned_call.night = permit.night AND planned_call.endpoint_id = permit.endpoint_id
    WHERE permit.night = :night
      AND permit.signal = 'no_starttls'
      AND observation.phase = 'ehlo'
      AND observation.ending = 'replied'
    GROUP BY planned_call.address, planned_call.provider
),

seen AS (
    SELECT address, min(first_at) AS first_at, max(last_at) AS last_at
    FROM clean
    GROUP BY address
),

seen_twice AS (
    SELECT address
    FROM seen
    WHERE last_at - first_at >= make_interval(secs => :gap_seconds)
),

seen_before AS (
    SELECT seen.address
    FROM seen
    CROSS JOIN LATERAL (
        SELECT permit.signal = 'no_starttls' AND observation.phase = 'ehlo' AND observation.ending = 'replied' AS was_clean
        FROM permit
        JOIN observation USING (night, permit_id)
        JOIN planned_call ON planned_call.night = permit.night AND planned_call.endpoint_id = permit.endpoint_id
        WHERE permit.night < :night
          AND planned_call.address = seen.address
        ORDER BY permit.started_at DESC
        LIMIT 1
    ) AS last_call
    WHERE last_call.was_clean
      AND NOT EXISTS (
          SELECT FROM permit
          JOIN planned_call ON planned_call.night = permit.night AND planned_call.endpoint_id = permit.endpoint_id
          WHERE permit.night = :night
            AND planned_call.address = seen.address
            AND permit.signal NOT IN ('no_starttls', 'not_dialled')
      )
),

confirmed AS (
    SELECT address FROM seen_twice
    UNION
    SELECT address FROM seen_before
),

spoken_against AS (
    SELECT clean.address
    FROM clean
    WHERE EXISTS (
        SELECT FROM permit
        JOIN planned_call ON planned_call.night = permit.night AND planned_call.endpoint_id = permit.endpoint_id
        WHERE permit.started_at BETWEEN clean.last_at - interval '24 hours' AND clean.last_at + interval '24 hours'
          AND permit.signal IN ('blocked_reputation', 'blocked_suspected', 'muted', 'rate_limited', 'greylisted')
          AND planned_call.provider = clean.provider
    )
    OR EXISTS (
        SELECT FROM permit
        JOIN observation USING (night, permit_id)
        JOIN planned_call ON planned_call.night = permit.night AND planned_call.endpoint_id = permit.endpoint_id
        WHERE permit.started_at BETWEEN clean.last_at - interval '24 hours' AND clean.last_at
          AND observation.tls_failure IS NOT NULL
          AND planned_call.address = clean.address
    )
)

UPDATE server_verdict
SET outcome = 'no_starttls', starttls = false
FROM planned_call
JOIN confirmed USING (address)
WHERE server_verdict.night = :night
  AND server_verdict.outcome = 'no_starttls_unconfirmed'
  AND planned_call.night = :night
  AND planned_call.endpoint_id = server_verdict.endpoint_id
  AND NOT EXISTS (SELECT FROM spoken_against WHERE spoken_against.address = confirmed.address)
