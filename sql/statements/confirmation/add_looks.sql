-- The looks of an address count together, whoever the providers of its names are.
INSERT INTO clean_look (address, provider, first_at, last_at)
SELECT planned_call.address, planned_call.provider,
       min(min(permit.started_at)) OVER (PARTITION BY planned_call.address),
       max(max(permit.started_at)) OVER (PARTITION BY planned_call.address)
FROM permit
JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = permit.endpoint_id
JOIN observation ON observation.night = :night AND observation.permit_id = permit.permit_id
WHERE permit.night = :night
  AND permit.signal = 'no_starttls'
  AND observation.phase = 'ehlo'
  AND observation.ending = 'replied'
GROUP BY planned_call.address, planned_call.provider
