-- How many servers wait to be filed, and by how many versions they were judged; the version, where it is one.
SELECT count(*) AS servers, min(method_version) AS method_version, max(method_version) AS last_version
FROM assessed_server
WHERE night = :night
