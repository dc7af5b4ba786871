COPY (
    SELECT planned_call.endpoint_id, planned_call.address, planned_call.provider, planned_call.position,
           planned_call.is_implicit, planned_call.is_known, planned_call.old_version_question
    FROM planned_call
    WHERE planned_call.night = (SELECT current_setting('census.night')::date)
      AND planned_call.not_attempted IS NULL
    ORDER BY planned_call.position
) TO STDOUT (FORMAT binary)
