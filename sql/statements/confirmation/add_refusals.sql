-- Only refusals within 24 hours of an observation can matter; these time ranges are usually tonight and the night
-- before. LIMIT, so that each refusal's provider is looked up by itself: there are few refusals, but plans of many
-- nights. On-demand calls were refused as well as those of the plan.
--
-- A refusal at an address, by any of its names, speaks against the pairs of that address, which are deleted here. One
-- that is charged to its address alone speaks against the others of its network or pool only where refusals spread to
-- the whole of it in that night, so that it was suspended (table politeness).
WITH stretch AS MATERIALIZED (
    SELECT unnest(range_agg(tstzrange(moment.at - interval '24 hours', moment.at + interval '24 hours',
                                      '[]'))) AS around
    FROM look_pair
    CROSS JOIN LATERAL (VALUES (first_at), (last_at)) AS moment (at)
),

-- OFFSET, so that each stretch is looked up in the index of refusals
refused_call AS MATERIALIZED (
    SELECT near.night, near.endpoint_id, near.started_at
    FROM stretch
    CROSS JOIN LATERAL (
        SELECT permit.night, permit.endpoint_id, permit.started_at
        FROM permit
        WHERE permit.started_at BETWEEN lower(stretch.around) AND upper(stretch.around)
          AND permit.signal IN ('blocked_reputation', 'blocked_suspected', 'muted', 'rate_limited', 'greylisted')
          AND permit.night BETWEEN :night::date - 32 AND :night
          AND permit.started_at <= :known_until::timestamptz
        OFFSET 0
    ) AS near
),

refusal AS MATERIALIZED (
    SELECT called.provider, endpoint.address, refused_call.started_at,
           NOT charges_address(called.provider_source) OR EXISTS (
               SELECT
               FROM politeness
               WHERE politeness.night = refused_call.night
                 AND politeness.provider = called.provider
                 AND politeness.suspensions > 0
           ) AS is_of_provider
    FROM refused_call
    JOIN endpoint USING (endpoint_id)
    CROSS JOIN LATERAL (
        SELECT called_endpoint.provider, called_endpoint.provider_source
        FROM called_endpoint
        WHERE called_endpoint.night = refused_call.night
          AND called_endpoint.endpoint_id = refused_call.endpoint_id
        LIMIT 1
    ) AS called
),

refused AS (
    SELECT look_pair.address
    FROM look_pair
    JOIN refusal USING (address)
    CROSS JOIN LATERAL (VALUES (look_pair.first_at), (look_pair.last_at)) AS moment (at)
    WHERE refusal.started_at BETWEEN moment.at - interval '24 hours' AND moment.at + interval '24 hours'
),

unconfirmed AS (
    DELETE FROM look_pair
    WHERE address IN (SELECT refused.address FROM refused)
)

-- As ranges of time, because a provider of ten thousand names can have a thousand refusals.
INSERT INTO look_refusal (provider, around)
SELECT provider, range_agg(tstzrange(started_at - interval '24 hours', started_at + interval '24 hours', '[]'))
FROM refusal
WHERE is_of_provider
GROUP BY provider
