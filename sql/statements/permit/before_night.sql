-- Contacts of earlier nights that a night must still heed: those that were made, or may have been, within so many seconds before
-- it was opened. In the order in which they ended, with the columns of of_night behind address and provider.
COPY (
    SELECT endpoint.address, called.provider,
           permit.ended_at, permit.endpoint_id, permit.attempt, permit.start_at,
           permit.started_at, permit.reception, nullif(permit.naming, 'nobody'), permit.stay_away_s,
           permit.retry_at, permit.retry_kind, permit.retry_patient, nullif(permit.retry_question, 'standard'),
           permit.permit_id, permit.dial_before, permit.signal, permit.patient, permit.question
    FROM permit
    JOIN endpoint USING (endpoint_id)
    CROSS JOIN LATERAL (
        SELECT called_endpoint.provider
        FROM called_endpoint
        WHERE called_endpoint.night = permit.night
          AND called_endpoint.endpoint_id = permit.endpoint_id
        LIMIT 1
    ) AS called
    WHERE permit.night < (SELECT current_setting('census.night')::date)
      AND permit.start_at >= (
          SELECT night.opened_at - make_interval(secs => current_setting('census.seconds')::double precision)
          FROM night
          WHERE night.night = current_setting('census.night')::date
      )
      AND permit.signal IS DISTINCT FROM 'not_dialled'
    ORDER BY permit.ended_at, permit.permit_id
) TO STDOUT (FORMAT binary)
