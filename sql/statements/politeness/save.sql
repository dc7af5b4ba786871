-- The calls of a night to each provider, from its permits. A permit whose process died may have been a call: it counts
-- as one that began at the worst possible time and stayed open for the longest possible time. A permit that expired
-- unused is no call. Calls that somebody asked for by name (census check) are calls. Where :only is given, it is about
-- these providers alone.
WITH served AS MATERIALIZED (
    SELECT endpoint_id, provider, provider_source
    FROM called_endpoint
    WHERE night = :night
      AND (:only::text[] IS NULL OR provider = ANY (:only::text[]))
),

call AS MATERIALIZED (
    SELECT served.provider, served.endpoint_id, permit.permit_id,
           CASE WHEN permit.signal = 'abandoned' THEN 'unknown' ELSE coalesce(permit.signal, 'unknown') END AS class,
           coalesce(permit.started_at, permit.start_at)               AS earliest,
           coalesce(permit.started_at, permit.dial_before)            AS latest,
           coalesce(permit.ended_at, permit.closed_at, 'infinity')    AS ended
    FROM permit
    JOIN served USING (endpoint_id)
    WHERE permit.night = :night
      AND (permit.started_at IS NOT NULL OR permit.signal IS NULL OR permit.signal = 'abandoned')
),

-- Those that were to be called tonight, and those that were called.
planned AS (
    SELECT served.provider,
           CASE WHEN bool_and(charges_address(served.provider_source)) THEN 'address'
                WHEN bool_or(charges_address(served.provider_source)) THEN 'both'
                ELSE 'provider' END AS charged,
           string_agg(DISTINCT served.provider_source, ' ' ORDER BY served.provider_source) AS decided_by
    FROM served
    LEFT JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = served.endpoint_id
    WHERE CASE WHEN planned_call.endpoint_id IS NOT NULL
               THEN planned_call.not_attempted IS NULL OR planned_call.not_attempted = 'suspended' END
       OR served.endpoint_id IN (SELECT call.endpoint_id FROM call)
    GROUP BY served.provider
),

spaced AS (
    SELECT provider, earliest - lag(latest) OVER (PARTITION BY provider ORDER BY earliest, permit_id) AS gap
    FROM call
),

gap AS (
    SELECT provider, min(gap) AS shortest
    FROM spaced
    GROUP BY provider
),

step AS (
    SELECT provider, earliest AS at, 1 AS change
    FROM call
    UNION ALL
    SELECT provider, ended, -1
    FROM call
),

level AS (
    SELECT provider, sum(change) OVER (PARTITION BY provider ORDER BY at, change ROWS UNBOUNDED PRECEDING) AS open
    FROM step
),

peak AS (
    SELECT provider, max(open) AS open
    FROM level
    GROUP BY provider
),

total AS (
    SELECT provider, count(*) AS connections
    FROM call
    GROUP BY provider
),

answered AS (
    SELECT provider, class, count(*) AS replies
    FROM call
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
