-- Which of these have asked us to stay away, if the night is still in the hands of that epoch.
SELECT planned_call.endpoint_id
FROM night
JOIN planned_call USING (night)
WHERE night.night = :night
  AND night.epoch = :epoch
  AND planned_call.endpoint_id = ANY (:endpoint_ids)
  AND planned_call.not_attempted = 'opted_out'
