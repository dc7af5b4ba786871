-- What servers said in calls before :said_before about waiting, and whose time is not over at :at. Shorter waits than
-- eight hours are not here: the next night replays the calls of the eight hours before it. A wait is the address's; it
-- is the whole provider's where the provider is charged with the refusal, or where the text names a range of ours. Who
-- was resumed by the operator since has no wait; one of a whole provider ends only with the word about that provider.
SELECT called.provider, host(endpoint.address) AS address, permit.night, permit.ended_at AS asked_at,
       permit.stay_away_s, permit.stay_away_said,
       permit.ended_at + :time_scale * permit.stay_away_s * interval '1 second' AS until,
       charged.is_of_provider
FROM permit
JOIN endpoint USING (endpoint_id)
CROSS JOIN LATERAL (
    SELECT called_endpoint.provider, charges_address(called_endpoint.provider_source) AS charges_address
    FROM called_endpoint
    WHERE called_endpoint.night = permit.night
      AND called_endpoint.endpoint_id = permit.endpoint_id
    LIMIT 1
) AS called
CROSS JOIN LATERAL (
    SELECT coalesce(permit.naming = 'our_range', false)
               OR (NOT called.charges_address AND permit.reception IN ('rate_limited', 'blocked')) AS is_of_provider
) AS charged
WHERE permit.night >= (SELECT first_night_since(:at::timestamptz - interval '14 days'))
  AND permit.stay_away_s > 28800
  AND permit.ended_at > :at - interval '14 days'
  AND permit.ended_at < :said_before
  AND permit.ended_at + :time_scale * permit.stay_away_s * interval '1 second' > :at
  AND permit.reception IN ('rate_limited', 'overloaded', 'temporary', 'greylisted', 'blocked', 'suspected')
  AND NOT EXISTS (
      SELECT
      FROM provider_word
      JOIN called_endpoint ON called_endpoint.provider = provider_word.provider
      JOIN endpoint AS named ON named.endpoint_id = called_endpoint.endpoint_id
      WHERE provider_word.word = 'resume'
        AND provider_word.said_at >= permit.ended_at
        AND called_endpoint.night = permit.night
        AND named.address = endpoint.address
        AND (provider_word.provider = called.provider OR NOT charged.is_of_provider)
  )
ORDER BY until DESC, permit.permit_id
