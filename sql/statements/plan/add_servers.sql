INSERT INTO plan_server (mx_set_id, endpoint_id, mail_host_id, is_best, is_implicit, is_opted_out, address,
                         prefix)
SELECT tonight.mx_set_id, tonight.endpoint_id, tonight.mail_host_id, tonight.is_best, tonight.is_implicit,
       endpoint.is_opted_out, endpoint.address,
       network(set_masklen(endpoint.address, CASE family(endpoint.address) WHEN 4 THEN 24 ELSE 48 END))
FROM tonight_set_server(:night) AS tonight
JOIN endpoint USING (endpoint_id)
