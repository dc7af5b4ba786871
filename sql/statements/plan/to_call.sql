COPY (
    SELECT planned_call.endpoint_id, mail_host.name, planned_call.address, planned_call.provider, planned_call.position,
           planned_call.is_implicit, planned_call.is_known, planned_call.old_version_question
    FROM planned_call
    JOIN endpoint USING (endpoint_id)
    JOIN mail_host USING (mail_host_id)
    WHERE planned_call.night = (SELECT current_setting('census.night')::date)
      AND planned_call.not_attempted IS NULL
    ORDER BY planned_call.position
) TO STDOUT (FORMAT binary)
