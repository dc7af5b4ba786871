-- The addresses of which two looks confirm that they have no STARTTLS.
WITH spoken_against AS (
    SELECT look_pair.address
    FROM look_pair
    JOIN look_refusal USING (provider)
    WHERE look_refusal.around @> look_pair.first_at
       OR look_refusal.around @> look_pair.last_at
    UNION
    SELECT look_pair.address
    FROM look_pair
    -- LIMIT, so that each address is looked up by itself
    CROSS JOIN LATERAL (
        SELECT observation.started_at
        FROM endpoint
        JOIN observation ON observation.endpoint_id = endpoint.endpoint_id
        WHERE endpoint.address = look_pair.address
          AND observation.tls_failure IS NOT NULL
          AND observation.night BETWEEN :night::date - 32 AND :night
          AND observation.started_at BETWEEN look_pair.first_at - interval '24 hours' AND look_pair.last_at
        LIMIT 1
    ) AS broken
    UNION
    -- A handshake speaks against it for seven nights, or until three nights before tonight were without one. Where one
    -- has followed a clean look in the last ninety nights, thirty nights without one are needed.
    SELECT address
    FROM look_history
    WHERE last_handshake = :night::date
       OR last_handshake >= :night::date - 7 AND nights_without_before < 3
       OR is_inconsistent AND nights_without < 30
)

INSERT INTO look_confirmed (address)
SELECT address FROM look_pair
EXCEPT
SELECT address FROM spoken_against
