-- How the night behaved at each provider: at those that were to be called tonight, and those that were called.
WITH planned AS (
    SELECT served.provider,
           CASE WHEN bool_and(charges_address(served.provider_source)) THEN 'address'
                WHEN bool_or(charges_address(served.provider_source)) THEN 'both'
                ELSE 'provider' END AS charged,
           string_agg(DISTINCT served.provider_source, ' ' ORDER BY served.provider_source) AS decided_by
    FROM polite_server AS served
    WHERE served.is_meant
       OR served.endpoint_id IN (SELECT call.endpoint_id FROM polite_call AS call)
    GROUP BY served.provider
),

gap AS (
    SELECT spaced.provider, min(spaced.gap) AS shortest
    FROM (
        SELECT provider, earliest - lag(latest) OVER (PARTITION BY provider ORDER BY earliest, permit_id) AS gap
        FROM polite_call
    ) AS spaced
    GROUP BY spaced.provider
),

peak AS (
    SELECT level.provider, max(level.open) AS open
    FROM (
        SELECT call.provider,
               sum(step.change) OVER (
                   PARTITION BY call.provider ORDER BY step.at, step.change ROWS UNBOUNDED PRECEDING
               ) AS open
        FROM polite_call AS call
        CROSS JOIN LATERAL (VALUES (call.earliest, 1), (call.ended, -1)) AS step (at, change)
    ) AS level
    GROUP BY level.provider
),

total AS (
    SELECT provider, count(*) AS connections
    FROM polite_call
    GROUP BY provider
),

answered AS (
    SELECT provider, class, count(*) AS replies
    FROM polite_call
    GROUP BY provider, class
),

suspended AS (
    SELECT provider, suspensions, addresses
    FROM unnest(:providers, :suspensions, :suspended_addresses) AS given (provider, suspensions, addresses)
)

INSERT INTO politeness (night, provider, class, connections, peak_open, shortest_gap_s, suspensions, replies,
                        charged, suspended_addresses, decided_by)
SELECT :night, planned.provider, coalesce(answered.class, ''), coalesce(total.connections, 0), coalesce(peak.open, 0),
       round(extract(epoch FROM gap.shortest), 3), coalesce(suspended.suspensions, 0),
       coalesce(answered.replies, 0), planned.charged, coalesce(suspended.addresses, 0), planned.decided_by
FROM planned
LEFT JOIN total USING (provider)
LEFT JOIN peak USING (provider)
LEFT JOIN gap USING (provider)
LEFT JOIN answered USING (provider)
LEFT JOIN suspended USING (provider)
