-- These endpoints, if the night still has this epoch, and whether they have opted out, planned or not.
SELECT endpoint.endpoint_id,
       endpoint.is_opted_out OR coalesce(planned_call.not_attempted = 'opted_out', false) AS is_opted_out
FROM night
JOIN endpoint ON endpoint.endpoint_id = ANY (:endpoint_ids)
LEFT JOIN planned_call ON planned_call.night = night.night AND planned_call.endpoint_id = endpoint.endpoint_id
WHERE night.night = :night
  AND night.epoch = :epoch
