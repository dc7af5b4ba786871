-- Endpoints that were planned and not called after all: the reason is stored in the plan, so that every planned
-- endpoint is accounted for.
UPDATE planned_call
SET not_attempted = given.reason
FROM unnest(:endpoint_ids, :reasons) AS given (endpoint_id, reason)
WHERE planned_call.night = :night
  AND planned_call.endpoint_id = given.endpoint_id
  AND planned_call.not_attempted IS NULL
