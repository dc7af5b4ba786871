-- Earlier nights that made planned calls and were never completed: they can no longer be continued.
SELECT night.night, night.epoch, night.method_version, night.trust_store, night.opened_at, night.completed_at,
       night.is_closed_early, night.contacts_pruned_at
FROM night
WHERE night.night < :night
  AND night.completed_at IS NULL
  -- Not EXISTS: the planner might join the permits of all nights.
  AND (
      SELECT true
      FROM permit
      JOIN planned_call USING (night, endpoint_id)
      WHERE permit.night = night.night
      LIMIT 1
  )
ORDER BY night.night
