INSERT INTO trend_reached (list_id, mail_host_id, endpoint_id)
SELECT DISTINCT trend_listed_set.list_id, trend_set_server.mail_host_id, trend_set_server.endpoint_id
FROM trend_listed_set
JOIN trend_set_server USING (mx_set_id)
