-- Sets of MX records with backups, that is servers which are a best-preference MX of no domain. Only servers that are
-- to be called.
INSERT INTO planned_precedence (night, mx_set_id, endpoint_id, is_best)
SELECT :night, served.mx_set_id, served.endpoint_id, served.is_best
FROM (
    SELECT plan_server.mx_set_id, plan_server.endpoint_id, plan_server.is_best, planned_call.is_primary,
           bool_or(plan_server.is_best) OVER of_set AND bool_or(NOT planned_call.is_primary) OVER of_set AS is_backed
    FROM plan_server
    JOIN planned_call
        ON planned_call.night = :night
        AND planned_call.endpoint_id = plan_server.endpoint_id
        AND planned_call.not_attempted IS NULL
    WINDOW of_set AS (PARTITION BY plan_server.mx_set_id)
) AS served
WHERE served.is_backed
  AND (served.is_best OR NOT served.is_primary)
