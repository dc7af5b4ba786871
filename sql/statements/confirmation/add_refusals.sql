-- Only refusals within 24 hours of an observation can matter; these time ranges are usually tonight and the night
-- before. LIMIT, so that each refusal's provider is looked up by itself: there are few refusals, but plans of many
-- nights.
WITH stretch AS MATERIALIZED (
    SELECT unnest(range_agg(tstzrange(moment.at - interval '24 hours', moment.at + interval '24 hours',
                                      '[]'))) AS around
    FROM look_pair
    CROSS JOIN LATERAL (VALUES (first_at), (last_at)) AS moment (at)
)

INSERT INTO look_refusal (provider, started_at)
SELECT planned.provider, permit.started_at
FROM stretch
JOIN permit ON permit.started_at BETWEEN lower(stretch.around) AND upper(stretch.around)
CROSS JOIN LATERAL (
    SELECT planned_call.provider
    FROM planned_call
    WHERE planned_call.night = permit.night
      AND planned_call.endpoint_id = permit.endpoint_id
    LIMIT 1
) AS planned
WHERE permit.signal IN ('blocked_reputation', 'blocked_suspected', 'muted', 'rate_limited', 'greylisted')
  AND permit.night BETWEEN :night::date - 32 AND :night
