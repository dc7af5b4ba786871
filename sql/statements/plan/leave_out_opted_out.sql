-- Whoever opted out since the plan was made, called before or not: its servers show nothing tonight.
UPDATE planned_call
SET not_attempted     = 'opted_out',
    detail            = NULL,
    donor_endpoint_id = NULL
FROM endpoint
WHERE planned_call.night = :night
  AND endpoint.endpoint_id = planned_call.endpoint_id
  AND endpoint.is_opted_out
  AND planned_call.not_attempted IS DISTINCT FROM 'opted_out'
