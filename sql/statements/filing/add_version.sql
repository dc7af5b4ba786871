INSERT INTO night_version (night, method_version, is_published, trust_store, judged_at)
SELECT night.night, :method_version, :is_published, night.trust_store, :now
FROM night
WHERE night.night = :night
