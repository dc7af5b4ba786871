SELECT trust_store_id, name, sha256
FROM trust_store
ORDER BY trust_store_id
