SELECT der
FROM trust_store_root
WHERE trust_store_id = :trust_store_id
ORDER BY sha256
