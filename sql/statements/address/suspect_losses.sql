-- The second night without STARTTLS: a clean look tonight, and one on an earlier night after the last handshake's.
WITH clean AS (
    SELECT DISTINCT address
    FROM address_look
    WHERE night = :night
      AND is_clean
)

INSERT INTO starttls_loss (address, last_handshake, first_seen, suspected_night)
SELECT known.address, known.last_handshake, known.clean_since, :night
FROM clean
JOIN address_starttls AS known USING (address)
WHERE known.handshake_night < known.clean_since_night
  AND known.clean_since_night < :night
ON CONFLICT (address, last_handshake) DO NOTHING
