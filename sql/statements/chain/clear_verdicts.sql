DELETE FROM chain_verdict
WHERE chain_id = ANY (:chains)
  AND trust_store_id = :trust_store_id
  AND method_version = :method_version
