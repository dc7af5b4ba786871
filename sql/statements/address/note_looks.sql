-- Adds what the night's calls showed to what is known of each address. On-demand calls of the week before are read too:
-- they may have been made after their night had ended. Reading a call twice changes nothing.
WITH look AS MATERIALIZED (
    SELECT address, night, started_at, is_handshake
    FROM address_look
    WHERE night = :night
      AND (is_handshake OR is_clean)
    UNION ALL
    SELECT address_look.address, address_look.night, address_look.started_at, address_look.is_handshake
    FROM asked_call
    JOIN address_look ON address_look.night = asked_call.night AND address_look.endpoint_id = asked_call.endpoint_id
    WHERE asked_call.night BETWEEN :night::date - 7 AND :night::date - 1
      AND (address_look.is_handshake OR address_look.is_clean)
),

summary AS MATERIALIZED (
    SELECT look.address,
           greatest(max(look.started_at) FILTER (WHERE look.is_handshake), max(known.last_handshake)) AS last_handshake,
           greatest(max(look.night) FILTER (WHERE look.is_handshake), max(known.handshake_night)) AS handshake_night,
           -- with what is known: the row must hold by itself, whether it is inserted or merged
           least(min(look.started_at) FILTER (WHERE NOT look.is_handshake), max(known.first_clean)) AS first_clean,
           greatest(max(look.started_at) FILTER (WHERE NOT look.is_handshake), max(known.last_clean)) AS last_clean
    FROM look
    LEFT JOIN address_starttls AS known USING (address)
    GROUP BY look.address
),

-- Clean looks before and after the last handshake; few addresses have any.
clean AS (
    SELECT address, night, started_at
    FROM look
    WHERE NOT is_handshake
    UNION ALL
    SELECT known.address, known.clean_since_night, known.clean_since
    FROM address_starttls AS known
    JOIN summary USING (address)
    WHERE known.clean_since IS NOT NULL
    UNION ALL
    SELECT known.address, NULL, known.last_clean
    FROM address_starttls AS known
    JOIN summary USING (address)
    WHERE known.last_clean IS NOT NULL
),

compared AS (
    SELECT summary.address,
           max(clean.started_at) FILTER (WHERE clean.started_at < summary.last_handshake) AS overturned,
           min(clean.started_at) FILTER (WHERE clean.night > coalesce(summary.handshake_night, '-infinity'))
               AS clean_since,
           min(clean.night) FILTER (WHERE clean.night > coalesce(summary.handshake_night, '-infinity'))
               AS clean_since_night
    FROM clean
    JOIN summary USING (address)
    GROUP BY summary.address
)

INSERT INTO address_starttls AS known (
    address, last_handshake, handshake_night, first_clean, last_clean, clean_since, clean_since_night, last_overturned)
SELECT summary.address, summary.last_handshake, summary.handshake_night, summary.first_clean, summary.last_clean,
       compared.clean_since, compared.clean_since_night,
       CASE WHEN compared.overturned >= summary.last_handshake - interval '90 days' THEN compared.overturned END
FROM summary
LEFT JOIN compared USING (address)
ON CONFLICT (address) DO UPDATE
SET last_handshake    = excluded.last_handshake,
    handshake_night   = excluded.handshake_night,
    first_clean       = excluded.first_clean,
    last_clean        = excluded.last_clean,
    clean_since       = excluded.clean_since,
    clean_since_night = excluded.clean_since_night,
    last_overturned   = greatest(known.last_overturned, excluded.last_overturned)
