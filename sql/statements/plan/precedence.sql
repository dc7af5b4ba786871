-- For the sets that have backups: those of their servers that are still to be called.
SELECT
    array_agg(planned_precedence.endpoint_id) FILTER (WHERE planned_precedence.is_best)     AS best,
    array_agg(planned_precedence.endpoint_id) FILTER (WHERE NOT planned_precedence.is_best) AS backups
FROM planned_precedence
JOIN planned_call
    ON planned_call.night = planned_precedence.night
    AND planned_call.endpoint_id = planned_precedence.endpoint_id
    AND planned_call.not_attempted IS NULL
WHERE planned_precedence.night = :night
GROUP BY planned_precedence.mx_set_id
HAVING bool_or(planned_precedence.is_best) AND bool_or(NOT planned_precedence.is_best)
