INSERT INTO planned_precedence (night, mx_set_id, endpoint_id, is_best)
SELECT :night, mx_set_id, endpoint_id, is_best
FROM planned_precedence
WHERE night = :night::date - 1
