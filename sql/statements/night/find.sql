SELECT night, epoch, method_version, trust_store, opened_at, completed_at
FROM night
WHERE night = :night
