-- Calls of a process that was assumed dead and reported them after all.
COPY (
    SELECT permit.permit_id, permit.started_at, permit.ended_at, permit.reception, permit.naming, permit.stay_away_s
    FROM permit
    WHERE permit.night <= (SELECT current_setting('census.night')::date)
      AND permit.night >= (
          SELECT first_night_since(night.opened_at - interval '1 day')
          FROM night
          WHERE night.night = current_setting('census.night')::date
      )
      AND permit.permit_id = ANY ((SELECT current_setting('census.permit_ids')::bigint[])::bigint[])
      AND permit.started_at IS NOT NULL
      AND permit.ended_at IS NOT NULL
      AND permit.reception IS NOT NULL
    ORDER BY permit.ended_at, permit.permit_id
) TO STDOUT (FORMAT binary)
