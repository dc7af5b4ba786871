INSERT INTO host_failure (night, mail_host_id, status)
SELECT DISTINCT ON (mail_host.mail_host_id) :night::date, mail_host.mail_host_id, given.status
FROM unnest(:names, :statuses) AS given (name, status)
JOIN mail_host ON mail_host.name = given.name
ORDER BY mail_host.mail_host_id
ON CONFLICT (night, mail_host_id) DO UPDATE SET status = excluded.status
