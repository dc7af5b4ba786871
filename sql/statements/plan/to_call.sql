-- Whoever was called before asking us to stay away is in it too: those calls still hold their provider and neighbours back. No
-- permit is committed for it any more.
COPY (
    SELECT planned_call.endpoint_id, planned_call.address, planned_call.provider, planned_call.position,
           planned_call.is_implicit, planned_call.is_known, planned_call.old_version_question
    FROM planned_call
    WHERE planned_call.night = (SELECT current_setting('census.night')::date)
      AND (planned_call.not_attempted IS NULL
           OR planned_call.not_attempted = 'opted_out'
              AND EXISTS (
                  SELECT
                  FROM permit
                  WHERE permit.night = planned_call.night
                    AND permit.endpoint_id = planned_call.endpoint_id
              ))
    ORDER BY planned_call.position
) TO STDOUT (FORMAT binary)
