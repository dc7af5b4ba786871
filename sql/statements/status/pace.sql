-- How many servers a night still has to call for the first time, and how long that takes at its recent pace: that of the
-- half hour before the last call that ended, or since it was resumed. A provider is never faster than it was, so the
-- night is over when the slowest one is. Nothing here depends on the present time: while no call ends, nothing changes.
WITH first_call AS (
    SELECT endpoint_id, min(started_at) AS started_at, min(ended_at) AS ended_at
    FROM permit
    WHERE night = :night
      AND started_at IS NOT NULL
    GROUP BY endpoint_id
),

recent AS (
    SELECT
        max(ended_at) AS until,
        greatest(
            max(ended_at) - interval '30 minutes',
            min(started_at),
            (SELECT max(requested_at) FROM run_request WHERE night = :night AND request = 'resume')
        ) AS since
    FROM first_call
),

provider AS (
    SELECT
        planned_call.provider,
        count(*) FILTER (WHERE first_call.endpoint_id IS NULL)                          AS remaining,
        count(*) FILTER (WHERE first_call.ended_at > (SELECT recent.since FROM recent)) AS done
    FROM planned_call
    LEFT JOIN first_call USING (endpoint_id)
    WHERE planned_call.night = :night
      AND planned_call.not_attempted IS NULL
    GROUP BY planned_call.provider
)

SELECT
    coalesce(sum(provider.remaining), 0)                                                    AS remaining,
    extract(epoch FROM (SELECT recent.until - recent.since FROM recent))
        * greatest(
            sum(provider.remaining) / nullif(sum(provider.done), 0),
            max(provider.remaining::numeric / provider.done) FILTER (WHERE provider.done >= 5)
        )                                                                                   AS seconds
FROM provider
