-- Those of these endpoints that have opted out, if the night still has this epoch.
SELECT planned_call.endpoint_id
FROM night
JOIN planned_call USING (night)
WHERE night.night = :night
  AND night.epoch = :epoch
  AND planned_call.endpoint_id = ANY (:endpoint_ids)
  AND planned_call.not_attempted = 'opted_out'
