UPDATE known_server
SET until_night = :night
FROM noted_server AS noted
WHERE known_server.endpoint_id = noted.endpoint_id
  AND known_server.until_night IS NULL
  AND noted.is_new
