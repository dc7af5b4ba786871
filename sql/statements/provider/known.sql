-- Whether a plan of the last three months, or any operator override, names this provider. The plans of nights that are
-- over are read from politeness, which has one row for each provider and class of reply, not for each server.
SELECT EXISTS (SELECT FROM provider_word WHERE provider = :provider)
    OR EXISTS (
        SELECT
        FROM politeness
        WHERE night > (SELECT max(night) FROM night) - 92
          AND provider = :provider
    )
    OR EXISTS (
        SELECT
        FROM planned_call
        WHERE night >= (SELECT min(night) FROM (SELECT night FROM night ORDER BY night DESC LIMIT 2) AS last)
          AND provider = :provider
    )
