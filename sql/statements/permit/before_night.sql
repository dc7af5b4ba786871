-- Contacts of earlier nights that still count in a night's limits: calls that ended within memory before it was opened,
-- and calls without a known end that may have lasted into that time (memory and longest_call are in seconds). In the
-- order in which they ended. The columns are address, provider and who is charged, then those of of_night.
COPY (
    SELECT endpoint.address, called.provider, charges_address(called.provider_source),
           array_to_string(called.mail_sets, ' '),
           permit.ended_at, permit.endpoint_id, permit.attempt, permit.start_at,
           permit.started_at, permit.reception, nullif(permit.naming, 'nobody'), permit.stay_away_s,
           permit.retry_at, permit.retry_kind, permit.retry_patient, nullif(permit.retry_question, 'standard'), permit.source,
           permit.permit_id, permit.dial_before, permit.signal, permit.patient, permit.question
    FROM permit
    JOIN endpoint USING (endpoint_id)
    CROSS JOIN LATERAL (
        SELECT called_endpoint.provider, called_endpoint.provider_source, called_endpoint.mail_sets
        FROM called_endpoint
        WHERE called_endpoint.night = permit.night
          AND called_endpoint.endpoint_id = permit.endpoint_id
        LIMIT 1
    ) AS called
    WHERE permit.night < (SELECT current_setting('census.night')::date)
      AND permit.night >= (
          SELECT first_night_since(
              night.opened_at - make_interval(secs => current_setting('census.memory')::double precision
                                                      + current_setting('census.longest_call')::double precision))
          FROM night
          WHERE night.night = current_setting('census.night')::date
      )
      AND permit.start_at >= (
          SELECT night.opened_at - make_interval(secs => current_setting('census.memory')::double precision
                                                         + current_setting('census.longest_call')::double precision)
          FROM night
          WHERE night.night = current_setting('census.night')::date
      )
      AND (permit.ended_at IS NULL OR permit.ended_at >= (
          SELECT night.opened_at - make_interval(secs => current_setting('census.memory')::double precision)
          FROM night
          WHERE night.night = current_setting('census.night')::date
      ))
      AND permit.signal IS DISTINCT FROM 'not_dialled'
    ORDER BY permit.ended_at, permit.permit_id
) TO STDOUT (FORMAT binary)
