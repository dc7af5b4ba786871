-- The state of servers whose call is requested: their last call since :since, and tonight's entries in the ledger. The
-- nights are limited so that two partitions are read, not all of them. A second look is due where one call was made
-- tonight, the plan will make none, and that call asked for another by the table of signals.
SELECT endpoint.endpoint_id, mail_host.name, host(endpoint.address) AS address, seen.night AS seen_in,
       seen.started_at AS seen_at,
       EXISTS (
           SELECT
           FROM planned_call
           WHERE planned_call.night = :night
             AND planned_call.endpoint_id = endpoint.endpoint_id
             AND planned_call.not_attempted IS NULL
       ) AS is_planned,
       EXISTS (
           SELECT
           FROM permit
           WHERE permit.night = :night
             AND permit.endpoint_id = endpoint.endpoint_id
             AND permit.closed_at IS NOT NULL
             AND permit.signal <> 'not_dialled'
       ) AS was_called,
       (
           SELECT max(permit.retry_at)
           FROM permit
           WHERE permit.night = :night
             AND permit.endpoint_id = endpoint.endpoint_id
             AND permit.signal IS DISTINCT FROM 'not_dialled'
           HAVING count(*) = 1
              AND NOT EXISTS (
                  SELECT
                  FROM planned_call
                  WHERE planned_call.night = :night
                    AND planned_call.endpoint_id = endpoint.endpoint_id
                    AND planned_call.not_attempted IS NULL
              )
       ) AS second_look_at
FROM unnest(:names, :addresses) AS given (name, address)
JOIN mail_host ON mail_host.name = given.name
JOIN endpoint ON endpoint.mail_host_id = mail_host.mail_host_id AND endpoint.address = given.address::inet
LEFT JOIN LATERAL (
    SELECT observation.night, observation.started_at
    FROM observation
    WHERE observation.night BETWEEN least(:night::date, (:since)::date) - 1
                                AND greatest(:night::date, (:since)::date + 2)
      AND observation.endpoint_id = endpoint.endpoint_id
      AND observation.started_at >= :since
      AND observation.ending NOT IN ('not_callable', 'no_family', 'no_route_here', 'local_error', 'broken_off')
    ORDER BY observation.started_at DESC
    LIMIT 1
) AS seen ON true
