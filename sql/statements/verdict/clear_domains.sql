-- Takes back what the judging of a night concluded: its new spans go, and those that they ended are open again. If a
-- later night was judged, spans stay, because they may be those of later nights too; no view shows the night any more,
-- until place_spans puts it in again.
WITH unjudged AS (
    DELETE FROM domain_night
    WHERE night = :night
),

of_revision AS (
    DELETE FROM domain_revision
    WHERE night = :night
),

removed AS (
    DELETE FROM domain_state
    WHERE first_night >= :night
      AND (last_night IS NULL OR last_night >= :night)
      AND NOT EXISTS (SELECT FROM domain_night WHERE domain_night.night > :night)
    RETURNING domain_id
),

before AS (
    SELECT removed.domain_id, held.first_night
    FROM (SELECT DISTINCT domain_id FROM removed) AS removed
    CROSS JOIN LATERAL (
        SELECT domain_state.first_night
        FROM domain_state
        WHERE domain_state.domain_id = removed.domain_id
          AND domain_state.first_night < :night
        ORDER BY domain_state.first_night DESC
        LIMIT 1
    ) AS held
)

-- Counting the removed spans makes this wait for them, so that no domain ever has two open spans.
UPDATE domain_state
SET last_night = NULL
FROM before
WHERE domain_state.domain_id = before.domain_id
  AND domain_state.first_night = before.first_night
  AND domain_state.last_night IS NOT NULL
  AND (SELECT count(*) FROM removed) >= 0
