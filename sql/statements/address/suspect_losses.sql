-- The second night without STARTTLS: a clean look tonight, and one of an earlier night since the last handshake. One of
-- tonight is enough where "no STARTTLS" is confirmed already.
WITH clean AS (
    SELECT address, min(started_at) AS first_at
    FROM address_look
    WHERE night = :night
      AND is_clean
    GROUP BY address
)

INSERT INTO starttls_loss (address, last_handshake, first_seen, suspected_night)
SELECT known.address, known.last_handshake, known.clean_since, :night
FROM clean
JOIN address_starttls AS known USING (address)
WHERE known.last_handshake IS NOT NULL
  AND known.clean_since < clean.first_at
ON CONFLICT (address, last_handshake) DO NOTHING
