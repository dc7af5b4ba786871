-- A chain broke when a second night shows one that is not trusted, after it was trusted. It healed when it is trusted
-- again, unless one night alone had shown the other. Only servers of which the night brought something are looked at.
WITH shown AS (
    SELECT known.endpoint_id, known.first_night, known.second_night, known.first_seen, known.chain,
           known.chain = 'trusted' AS is_good,
           lag(known.chain = 'trusted') OVER (PARTITION BY known.endpoint_id ORDER BY known.first_night) AS was_good
    FROM noted_server AS noted
    JOIN known_server AS known USING (endpoint_id)
    WHERE known.chain IS NOT NULL
),

numbered AS (
    SELECT endpoint_id, first_night, second_night, first_seen, chain, is_good,
           count(*) FILTER (WHERE is_good IS DISTINCT FROM was_good)
               OVER (PARTITION BY endpoint_id ORDER BY first_night) AS run,
           is_good IS DISTINCT FROM was_good AS is_first
    FROM shown
),

-- Several states that are not trusted, one after the other, are one run.
run AS (
    SELECT endpoint_id, run, bool_and(is_good) AS is_good, min(first_night) AS first_night,
           least(min(second_night), min(first_night) FILTER (WHERE NOT is_first)) AS second_night,
           min(first_seen) AS first_seen,
           (array_agg(chain ORDER BY first_night DESC))[1] AS chain
    FROM numbered
    GROUP BY endpoint_id, run
),

compared AS (
    SELECT endpoint_id, is_good, first_night, second_night, first_seen, chain,
           lag(chain) OVER of_server AS before,
           lag(second_night) OVER of_server AS before_second_night
    FROM run
    WINDOW of_server AS (PARTITION BY endpoint_id ORDER BY run)
)

INSERT INTO known_change (night, kind, endpoint_id, before, after, first_seen)
SELECT :night, CASE WHEN is_good THEN 'chain_healed' ELSE 'chain_broke' END, endpoint_id, before, chain, first_seen
FROM compared
WHERE before IS NOT NULL
  AND CASE WHEN is_good THEN first_night = :night AND before_second_night IS NOT NULL ELSE second_night = :night END
