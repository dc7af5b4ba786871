-- The number and the duration of the calls that a night's endpoints needed on the last night with any calls.
SELECT permit.endpoint_id, count(*) AS calls, avg(extract(epoch FROM permit.ended_at - permit.started_at)) AS seconds
FROM permit
JOIN planned_call
    ON planned_call.night = :night
    AND planned_call.endpoint_id = permit.endpoint_id
    AND planned_call.not_attempted IS NULL
WHERE permit.night = (SELECT max(night) FROM permit WHERE night <= :night AND ended_at IS NOT NULL)
  AND permit.started_at IS NOT NULL
  AND permit.ended_at IS NOT NULL
GROUP BY permit.endpoint_id
