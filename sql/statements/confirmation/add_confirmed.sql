-- The addresses of which two looks confirm that they have no STARTTLS.
WITH spoken_against AS (
    SELECT look_pair.address
    FROM look_pair
    WHERE EXISTS (
        SELECT
        FROM look_refusal
        WHERE look_refusal.provider = look_pair.provider
          AND (look_refusal.started_at BETWEEN look_pair.first_at - interval '24 hours'
                                           AND look_pair.first_at + interval '24 hours'
               OR look_refusal.started_at BETWEEN look_pair.last_at - interval '24 hours'
                                              AND look_pair.last_at + interval '24 hours')
    )
    UNION
    SELECT look_pair.address
    FROM look_pair
    JOIN endpoint USING (address)
    JOIN observation ON observation.endpoint_id = endpoint.endpoint_id
    JOIN permit ON permit.permit_id = observation.permit_id AND permit.night = observation.night
    WHERE observation.tls_failure IS NOT NULL
      AND observation.night BETWEEN :night::date - 32 AND :night
      AND permit.signal <> 'not_dialled'
      AND permit.started_at BETWEEN look_pair.first_at - interval '24 hours' AND look_pair.last_at
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
