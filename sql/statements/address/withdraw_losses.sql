-- A handshake followed.
UPDATE starttls_loss
SET ended_night = greatest(:night::date, starttls_loss.suspected_night), is_lost = false
FROM address_starttls
WHERE starttls_loss.ended_night IS NULL
  AND address_starttls.address = starttls_loss.address
  AND address_starttls.last_handshake > starttls_loss.last_handshake
