-- Servers that only domains lead to that opted out since the plan was made: nobody is called for their sake. Most
-- servers of such a domain serve others as well.
WITH theirs AS (
    SELECT DISTINCT endpoint.endpoint_id
    FROM domain
    JOIN mail_route
        ON mail_route.domain_id = domain.domain_id
        AND mail_route.first_night <= :night
        AND (mail_route.last_night IS NULL OR mail_route.last_night >= :night)
    JOIN mx_set_member USING (mx_set_id)
    JOIN endpoint USING (mail_host_id)
    JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = endpoint.endpoint_id
    WHERE domain.is_opted_out
      AND planned_call.not_attempted IS NULL
),

-- of these, whom another domain needs; all routes are read only if there are any
needed AS (
    SELECT DISTINCT tonight.endpoint_id
    FROM tonight_set_server(:night) AS tonight
    JOIN theirs USING (endpoint_id)
    WHERE EXISTS (SELECT FROM theirs)
)

UPDATE planned_call
SET not_attempted     = 'opted_out',
    detail            = NULL,
    donor_endpoint_id = NULL
FROM theirs
WHERE planned_call.night = :night
  AND planned_call.endpoint_id = theirs.endpoint_id
  AND theirs.endpoint_id NOT IN (SELECT needed.endpoint_id FROM needed)
