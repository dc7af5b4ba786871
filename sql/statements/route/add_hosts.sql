INSERT INTO mail_host (name)
SELECT DISTINCT seen.name
FROM unnest(:names) AS seen (name)
WHERE NOT EXISTS (SELECT FROM mail_host WHERE mail_host.name = seen.name)
ORDER BY seen.name COLLATE "C"
ON CONFLICT (name) DO NOTHING
