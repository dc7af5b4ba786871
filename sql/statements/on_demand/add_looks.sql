-- Tonight's clean looks at these addresses, by the plan's calls and by on-demand calls. It takes the place of
-- confirmation/add_looks where somebody asks for a few servers; the rules that follow are the same.
INSERT INTO clean_look (address, provider, first_at, last_at)
SELECT endpoint.address, called_endpoint.provider,
       min(min(permit.started_at)) OVER (PARTITION BY endpoint.address),
       max(max(permit.started_at)) OVER (PARTITION BY endpoint.address)
FROM endpoint
JOIN called_endpoint ON called_endpoint.night = :night AND called_endpoint.endpoint_id = endpoint.endpoint_id
JOIN permit ON permit.night = :night AND permit.endpoint_id = endpoint.endpoint_id
JOIN observation ON observation.night = :night AND observation.permit_id = permit.permit_id
WHERE endpoint.address = ANY (:addresses::inet[])
  AND permit.signal = 'no_starttls'
  AND observation.phase = 'ehlo'
  AND observation.ending = 'replied'
GROUP BY endpoint.address, called_endpoint.provider
