-- Addresses at which STARTTLS was said tonight, by a call of this night, and not refused for want of a certificate.
DELETE FROM starttls_refusal
USING endpoint, observation, permit
WHERE endpoint.address = starttls_refusal.address
  AND observation.night = :night
  AND observation.endpoint_id = endpoint.endpoint_id
  AND observation.starttls IS NOT NULL
  AND permit.permit_id = observation.permit_id
  AND permit.signal <> 'tls_unavailable'
  AND starttls_refusal.last_night <= :night
