-- What the judging of a night without calls left behind, and the values that no other night shows.
WITH of_adoption AS (DELETE FROM adoption WHERE night = :night),
of_distribution AS (DELETE FROM distribution WHERE night = :night RETURNING value_id),

of_value AS (
    DELETE FROM distribution_value
    WHERE value_id IN (SELECT value_id FROM of_distribution)
      AND NOT EXISTS (
          SELECT
          FROM distribution
          WHERE distribution.value_id = distribution_value.value_id
            AND distribution.night <> :night
      )
),

of_politeness AS (DELETE FROM politeness WHERE night = :night),
of_blocked_share AS (DELETE FROM blocked_share WHERE night = :night),
of_old_version AS (DELETE FROM old_version_answer WHERE night = :night),
of_assessed AS (DELETE FROM assessed_server WHERE night = :night),
of_revision AS (DELETE FROM server_revision WHERE night = :night),
of_version AS (DELETE FROM night_version WHERE night = :night)

DELETE FROM server_night
WHERE night = :night
