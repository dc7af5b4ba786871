-- The looks of an address count together, whoever the providers of its names are.
INSERT INTO clean_look (address, provider, first_at, last_at)
SELECT planned_call.address, planned_call.provider,
       min(min(observation.started_at)) OVER (PARTITION BY planned_call.address),
       max(max(observation.started_at)) OVER (PARTITION BY planned_call.address)
FROM observation
JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = observation.endpoint_id
WHERE observation.night = :night
  AND observation.is_clean_look
  AND observation.started_at <= :known_until::timestamptz
GROUP BY planned_call.address, planned_call.provider
