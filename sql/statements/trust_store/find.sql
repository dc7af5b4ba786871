SELECT trust_store_id, name, sha256
FROM trust_store
WHERE name = :name
