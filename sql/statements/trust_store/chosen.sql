-- The trust stores that the operator chose, the last choice first.
SELECT trust_store.trust_store_id, trust_store.name, trust_store.sha256
FROM trust_store_choice
JOIN trust_store ON trust_store.trust_store_id = trust_store_choice.trust_store_id
ORDER BY trust_store_choice.trust_store_choice_id DESC
