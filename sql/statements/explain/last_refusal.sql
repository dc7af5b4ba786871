-- The last call of a night with a refusal that counts for this address, or for this provider: a block before anything
-- less. Where the provider is null, only the address counts.
SELECT mail_host.name, host(endpoint.address) AS address, permit.ended_at, permit.signal,
       coalesce(dialogue.after_tls, dialogue.starttls, dialogue.helo, dialogue.ehlo, raw_reply.banner,
                raw_reply.excerpt) AS reply
FROM permit
JOIN endpoint USING (endpoint_id)
JOIN mail_host USING (mail_host_id)
LEFT JOIN observation USING (night, endpoint_id, attempt)
LEFT JOIN dialogue USING (dialogue_id)
LEFT JOIN raw_reply USING (night, endpoint_id, attempt)
WHERE permit.night = :night
  AND permit.ended_at <= :until
  AND permit.reception IN ('rate_limited', 'overloaded', 'temporary', 'greylisted', 'blocked', 'suspected')
  AND (endpoint.address = :address::inet OR EXISTS (
      SELECT
      FROM called_endpoint
      WHERE called_endpoint.night = permit.night
        AND called_endpoint.endpoint_id = permit.endpoint_id
        AND called_endpoint.provider = :provider::text
  ))
ORDER BY permit.reception IN ('blocked', 'suspected') DESC, permit.reception = 'blocked' DESC, permit.ended_at DESC
LIMIT 1
