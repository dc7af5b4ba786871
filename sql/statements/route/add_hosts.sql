INSERT INTO mail_host (name)
SELECT DISTINCT seen.name COLLATE "C" AS name
FROM unnest(:names) AS seen (name)
WHERE NOT EXISTS (SELECT FROM mail_host WHERE mail_host.name = seen.name)
ORDER BY name
ON CONFLICT (name) DO NOTHING
