-- What the addresses of tonight's clean looks showed on the seven nights before and tonight. Ninety nights are read
-- where a handshake is known to have followed a clean look in that time: few addresses are such farms. For each name of
-- the address that is one range of the key.
INSERT INTO look_night (address, night, first_clean, last_handshake)
SELECT candidate.address, shown.night, shown.first_clean, shown.last_handshake
FROM (SELECT DISTINCT address FROM clean_look) AS candidate
LEFT JOIN address_starttls AS known USING (address)
CROSS JOIN LATERAL (
    SELECT look.night,
           min(look.started_at) FILTER (WHERE look.is_clean)     AS first_clean,
           max(look.started_at) FILTER (WHERE look.is_handshake) AS last_handshake
    FROM address_look AS look
    WHERE look.address = candidate.address
      AND look.night BETWEEN :night::date - CASE WHEN known.last_overturned >= :night::date - 91 THEN 90 ELSE 7 END
                         AND :night
      AND look.started_at <= :known_until::timestamptz
    GROUP BY look.night
) AS shown
WHERE shown.first_clean IS NOT NULL
   OR shown.last_handshake IS NOT NULL
