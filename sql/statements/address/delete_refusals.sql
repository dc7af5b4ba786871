-- Addresses that advertised STARTTLS tonight and answered it in another way than by refusing it for the time being.
DELETE FROM starttls_refusal
USING endpoint, observation, dialogue, reply_judgement
WHERE endpoint.address = starttls_refusal.address
  AND observation.night = :night
  AND observation.endpoint_id = endpoint.endpoint_id
  AND observation.advertised
  AND dialogue.dialogue_id = observation.dialogue_id
  AND dialogue.starttls IS NOT NULL
  AND reply_judgement.reply_judgement_id = observation.reply_judgement_id
  AND reply_judgement.class NOT IN ('tls_unavailable', 'temporary_unavailable', 'rate_limited', 'greylisted')
  AND starttls_refusal.last_night <= :night
