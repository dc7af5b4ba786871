INSERT INTO trust_store_root (trust_store_id, sha256, der)
SELECT :trust_store_id, sha256(root.der), root.der
FROM unnest(:ders) AS root (der)
ON CONFLICT (trust_store_id, sha256) DO NOTHING
