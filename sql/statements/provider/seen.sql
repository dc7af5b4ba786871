-- What each provider of a night's plan saw so far.
WITH planned AS (
    SELECT provider,
           count(*) FILTER (WHERE not_attempted IS NULL)        AS servers,
           count(*) FILTER (WHERE not_attempted = 'suspended')  AS left_alone
    FROM planned_call
    WHERE night = :night
    GROUP BY provider
),

called AS (
    SELECT planned_call.provider,
           count(*) FILTER (WHERE permit.started_at IS NOT NULL OR permit.signal IS NULL OR permit.signal = 'abandoned') AS calls,
           count(*) FILTER (WHERE permit.signal IS NULL)                                                                AS open,
           max(permit.ended_at)                                                                                         AS last_at
    FROM permit
    JOIN planned_call USING (night, endpoint_id)
    WHERE permit.night = :night
    GROUP BY planned_call.provider
)

SELECT provider, servers, left_alone, coalesce(calls, 0) AS calls, coalesce(open, 0) AS open, last_at
FROM planned
LEFT JOIN called USING (provider)
WHERE servers > 0 OR left_alone > 0 OR calls > 0
ORDER BY coalesce(calls, 0) DESC, servers DESC, provider COLLATE "C"
