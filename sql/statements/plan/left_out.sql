-- Planned servers that are left out because somebody opted out.
SELECT endpoint_id
FROM planned_call
WHERE night = :night
  AND not_attempted = 'opted_out'
