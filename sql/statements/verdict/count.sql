SELECT count(*)
FROM planned_call
WHERE night = :night
  AND not_attempted IS DISTINCT FROM 'inherited'
  AND endpoint_id > :after
