-- The nights since then that were never judged by this version, and what can be said of each at once: whether it is
-- complete, and whether the months of its plan, its permits and its replies are still there (census prune drops them).
-- Its confirmations read the plans and permits of 32 nights before it: none of these may be dropped either.
SELECT night.night, night.trust_store, night.completed_at IS NOT NULL AS is_complete, NOT EXISTS (
    SELECT
    FROM pg_class AS parent
    WHERE parent.relnamespace = 'census'::regnamespace
      AND parent.relkind = 'p'
      AND parent.relname IN ('planned_call', 'permit', 'raw_reply')
      AND NOT EXISTS (
          SELECT
          FROM pg_inherits AS part
          JOIN pg_class AS month ON month.oid = part.inhrelid
          WHERE part.inhparent = parent.oid
            AND NOT part.inhdetachpending
            AND month.relname = parent.relname || to_char(night.night, '"_"YYYY"_"MM')
      )
) AND NOT EXISTS (
    SELECT
    FROM night AS near
    WHERE near.night BETWEEN night.night - 32 AND night.night
      AND near.contacts_pruned_at IS NOT NULL
) AS has_ledger
FROM night
WHERE night.night >= :since
  AND NOT night.is_rehearsal
  AND (night.completed_at IS NOT NULL OR EXISTS (SELECT FROM night_list WHERE night_list.night = night.night))
  AND NOT EXISTS (
      SELECT
      FROM night_version
      WHERE night_version.night = night.night
        AND night_version.method_version = :method_version
  )
ORDER BY night.night
