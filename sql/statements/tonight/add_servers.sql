INSERT INTO tonight_server (mx_set_id, mail_host_id, endpoint_id, is_best, truncated)
SELECT mx_set_id, mail_host_id, endpoint_id, is_best, truncated
FROM tonight_set_server(:night)
