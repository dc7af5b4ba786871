-- The calls of a night to each provider so far: those of the plan and on-demand calls.
WITH planned AS (
    SELECT provider,
           count(*) FILTER (WHERE not_attempted IS NULL)        AS servers,
           count(*) FILTER (WHERE not_attempted = 'suspended')  AS left_alone
    FROM planned_call
    WHERE night = :night
    GROUP BY provider
),

called AS (
    SELECT called_endpoint.provider,
           count(*) FILTER (WHERE permit.started_at IS NOT NULL OR permit.signal IS NULL
                            OR permit.signal = 'abandoned') AS calls,
           count(*) FILTER (WHERE permit.signal IS NULL) AS open,
           max(permit.ended_at) AS last_at
    FROM permit
    JOIN called_endpoint USING (night, endpoint_id)
    WHERE permit.night = :night
    GROUP BY called_endpoint.provider
)

SELECT provider, coalesce(servers, 0) AS servers, coalesce(left_alone, 0) AS left_alone, coalesce(calls, 0) AS calls,
       coalesce(open, 0) AS open, last_at
FROM planned
FULL JOIN called USING (provider)
WHERE servers > 0 OR left_alone > 0 OR calls > 0
ORDER BY coalesce(calls, 0) DESC, coalesce(servers, 0) DESC, provider COLLATE "C"
