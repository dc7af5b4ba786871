-- How many calls of each server the published verdict rests on: calls of census check may have followed it.
SELECT endpoint_id, attempts
FROM server_night
WHERE night = :night
  AND endpoint_id > :after
  AND endpoint_id <= :up_to
