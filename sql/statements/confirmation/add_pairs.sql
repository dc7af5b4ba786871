-- Finds the last night with a contact to the address before tonight, going back night by night for a month. A call
-- whose process died counts too: its result is unknown. So do on-demand calls: what they showed, they showed.
INSERT INTO look_pair (address, provider, first_at, last_at)
SELECT address, provider, first_at, last_at
FROM clean_look
WHERE last_at - first_at >= make_interval(secs => :gap_seconds)
UNION ALL
SELECT clean_look.address, clean_look.provider, before.started_at, clean_look.last_at
FROM clean_look
CROSS JOIN LATERAL (
    SELECT contact.started_at, contact.was_clean
    FROM night
    CROSS JOIN LATERAL (
        SELECT permit.started_at,
               coalesce(permit.signal = 'no_starttls' AND observation.phase = 'ehlo' AND observation.ending = 'replied',
                        false)
                   AS was_clean
        FROM endpoint
        JOIN permit ON permit.night = night.night AND permit.endpoint_id = endpoint.endpoint_id
        LEFT JOIN observation ON observation.night = night.night AND observation.permit_id = permit.permit_id
        WHERE endpoint.address = clean_look.address
          AND permit.signal <> 'not_dialled'
          AND (permit.started_at IS NOT NULL OR permit.signal = 'abandoned')
        ORDER BY permit.started_at DESC NULLS FIRST
        LIMIT 1
    ) AS contact
    WHERE night.night BETWEEN :night::date - 32 AND :night::date - 1
    ORDER BY night.night DESC
    LIMIT 1
) AS before
-- any other contact tonight without a clean observation; LIMIT, so that each address is looked up by itself
LEFT JOIN LATERAL (
    SELECT true AS is_there
    FROM endpoint
    JOIN permit ON permit.night = :night AND permit.endpoint_id = endpoint.endpoint_id
    LEFT JOIN observation ON observation.night = :night AND observation.permit_id = permit.permit_id
    WHERE endpoint.address = clean_look.address
      AND permit.signal <> 'not_dialled'
      AND NOT coalesce(permit.signal = 'no_starttls' AND observation.phase = 'ehlo' AND observation.ending = 'replied',
                       false)
    LIMIT 1
) AS disturbance ON true
WHERE before.was_clean
  AND disturbance.is_there IS NULL
