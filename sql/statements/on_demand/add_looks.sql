-- Tonight's clean looks at these addresses, by the plan's calls and by on-demand calls. It takes the place of
-- confirmation/add_looks where somebody asks for a few servers; the rules that follow are the same.
INSERT INTO clean_look (address, provider, first_at, last_at)
SELECT endpoint.address, called_endpoint.provider,
       min(min(observation.started_at)) OVER (PARTITION BY endpoint.address),
       max(max(observation.started_at)) OVER (PARTITION BY endpoint.address)
FROM endpoint
JOIN called_endpoint ON called_endpoint.night = :night AND called_endpoint.endpoint_id = endpoint.endpoint_id
JOIN observation ON observation.night = :night AND observation.endpoint_id = endpoint.endpoint_id
WHERE endpoint.address = ANY (:addresses::inet[])
  AND observation.is_clean_look
GROUP BY endpoint.address, called_endpoint.provider
