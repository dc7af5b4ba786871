-- Adds what the night's calls showed to what is known of each address. On-demand calls of the week before are read too:
-- they may have been made after their night had ended. Reading a call twice changes nothing.
WITH look AS MATERIALIZED (
    SELECT address, started_at, is_handshake
    FROM address_look
    WHERE night = :night
      AND (is_handshake OR is_clean)
    UNION ALL
    SELECT address_look.address, address_look.started_at, address_look.is_handshake
    FROM asked_call
    JOIN address_look ON address_look.night = asked_call.night AND address_look.endpoint_id = asked_call.endpoint_id
    WHERE asked_call.night BETWEEN :night::date - 7 AND :night::date - 1
      AND (address_look.is_handshake OR address_look.is_clean)
),

summary AS MATERIALIZED (
    SELECT look.address,
           greatest(max(look.started_at) FILTER (WHERE look.is_handshake), max(known.last_handshake)) AS last_handshake,
           min(look.started_at) FILTER (WHERE NOT look.is_handshake)                                  AS first_clean,
           max(look.started_at) FILTER (WHERE NOT look.is_handshake)                                  AS last_clean,
           max(known.last_clean)                                                                      AS known_clean,
           max(known.clean_since)                                                                     AS known_since
    FROM look
    LEFT JOIN address_starttls AS known USING (address)
    GROUP BY look.address
),

-- Clean looks before and after the last handshake; few addresses have any.
compared AS (
    SELECT summary.address,
           max(clean.started_at) FILTER (WHERE clean.started_at < summary.last_handshake) AS overturned,
           min(clean.started_at) FILTER (
               WHERE summary.last_handshake IS NULL OR clean.started_at > summary.last_handshake
           )                                                                              AS clean_since
    FROM summary
    CROSS JOIN LATERAL (
        SELECT look.started_at FROM look WHERE look.address = summary.address AND NOT look.is_handshake
        UNION ALL
        SELECT moment.at FROM (VALUES (summary.known_clean), (summary.known_since)) AS moment (at)
        WHERE moment.at IS NOT NULL
    ) AS clean
    WHERE summary.first_clean IS NOT NULL OR summary.known_clean IS NOT NULL
    GROUP BY summary.address
)

INSERT INTO address_starttls AS known (
    address, last_handshake, first_clean, last_clean, clean_since, last_overturned)
SELECT summary.address, summary.last_handshake, summary.first_clean, summary.last_clean, compared.clean_since,
       CASE WHEN compared.overturned >= summary.last_handshake - interval '90 days' THEN compared.overturned END
FROM summary
LEFT JOIN compared USING (address)
ON CONFLICT (address) DO UPDATE
SET last_handshake  = excluded.last_handshake,
    first_clean     = least(known.first_clean, excluded.first_clean),
    last_clean      = greatest(known.last_clean, excluded.last_clean),
    clean_since     = excluded.clean_since,
    last_overturned = greatest(known.last_overturned, excluded.last_overturned)
