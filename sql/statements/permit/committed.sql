-- Those of these permits that are already stored under this epoch, if the night still has it.
SELECT permit.permit_id, permit.endpoint_id, mail_host.name AS mx_host
FROM night
JOIN permit USING (night, epoch)
JOIN unnest(:endpoint_ids, :attempts) AS chosen (endpoint_id, attempt)
    ON chosen.endpoint_id = permit.endpoint_id
    AND chosen.attempt = permit.attempt
JOIN endpoint ON endpoint.endpoint_id = permit.endpoint_id
JOIN mail_host USING (mail_host_id)
WHERE night.night = :night
  AND night.epoch = :epoch
  AND permit.closed_at IS NULL
