-- Includes endpoints that were called before they opted out: those calls still count in the limits of their provider
-- and neighbours. No more permits are committed for them.
COPY (
    SELECT planned_call.endpoint_id, planned_call.address, planned_call.provider,
           charges_address(planned_call.provider_source), array_to_string(planned_call.mail_sets, ' '),
           planned_call.position,
           planned_call.is_implicit, planned_call.is_known, planned_call.old_version_question,
           CASE
               WHEN planned_call.starttls_within_nights IS NOT NULL THEN 'ehlo_only'
               WHEN planned_call.starttls_refused_on IS NOT NULL THEN 'one_starttls'
           END AS probe_kind
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
