-- Those of these endpoints that have opted out, planned or not, if the night still has this epoch.
SELECT endpoint.endpoint_id
FROM night
JOIN endpoint ON endpoint.endpoint_id = ANY (:endpoint_ids)
LEFT JOIN planned_call ON planned_call.night = night.night AND planned_call.endpoint_id = endpoint.endpoint_id
WHERE night.night = :night
  AND night.epoch = :epoch
  AND (endpoint.is_opted_out OR coalesce(planned_call.not_attempted = 'opted_out', false))
