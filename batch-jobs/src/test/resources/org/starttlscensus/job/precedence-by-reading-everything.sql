-- Sets of MX records with backups, that is servers which are a best-preference MX of nobody. Only servers that are to be called.
SELECT
    array_agg(tonight.endpoint_id) FILTER (WHERE tonight.is_best)              AS best,
    array_agg(tonight.endpoint_id) FILTER (WHERE NOT planned_call.is_primary)  AS backups
FROM tonight_set_server(:night) AS tonight
JOIN planned_call
    ON planned_call.night = :night
    AND planned_call.endpoint_id = tonight.endpoint_id
    AND planned_call.not_attempted IS NULL
GROUP BY tonight.mx_set_id
HAVING bool_or(tonight.is_best) AND bool_or(NOT planned_call.is_primary)
