SELECT chain_id, known_intermediates, nullif(holds_from, '-infinity') AS holds_from,
       nullif(holds_until, 'infinity') AS holds_until,
       chain, chain_ok, expired, not_yet_valid, self_signed, weak_key, weak_signature, root, reasons
FROM chain_verdict
WHERE chain_id = ANY (:chains)
  AND trust_store_id = :trust_store_id
  AND method_version = :method_version
ORDER BY chain_verdict.chain_id, chain_verdict.known_intermediates, chain_verdict.holds_from
