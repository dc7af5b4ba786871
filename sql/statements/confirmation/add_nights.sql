-- What the addresses of tonight's clean looks showed on the seven nights before and tonight. Ninety nights are read
-- where a handshake is known to have followed a clean look in that time: few addresses are such farms.
INSERT INTO look_night (address, night, first_clean, last_handshake)
SELECT candidate.address, night.night, shown.first_clean, shown.last_handshake
FROM (SELECT DISTINCT address FROM clean_look) AS candidate
LEFT JOIN address_starttls AS known USING (address)
JOIN night ON night.night BETWEEN :night::date - 90 AND :night
    AND (night.night >= :night::date - 7 OR known.last_overturned >= :night::date - 91)
-- an aggregate, so that each address and night is looked up by itself
CROSS JOIN LATERAL (
    SELECT min(look.started_at) FILTER (WHERE look.is_clean)     AS first_clean,
           max(look.started_at) FILTER (WHERE look.is_handshake) AS last_handshake
    FROM endpoint
    JOIN address_look AS look ON look.night = night.night AND look.endpoint_id = endpoint.endpoint_id
    WHERE endpoint.address = candidate.address
) AS shown
WHERE shown.first_clean IS NOT NULL
   OR shown.last_handshake IS NOT NULL
