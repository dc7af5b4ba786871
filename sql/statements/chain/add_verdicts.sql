INSERT INTO chain_verdict (chain_id, trust_store_id, method_version, known_intermediates, holds_from, holds_until,
                           chain, chain_ok,
                           expired, not_yet_valid, self_signed, weak_key, weak_signature, root, reasons)
SELECT span.chain_id, :trust_store_id, :method_version, span.known_intermediates, span.holds_from::timestamptz,
       span.holds_until::timestamptz, span.chain, span.chain_ok, span.expired, span.not_yet_valid, span.self_signed,
       span.weak_key, span.weak_signature, span.root, span.reasons::text[]
FROM unnest(:chains, :known_intermediates, :from, :until, :statuses, :chain_ok, :expired, :not_yet_valid, :self_signed,
            :weak_keys, :weak_signatures, :roots, :reasons)
    AS span (chain_id, known_intermediates, holds_from, holds_until, chain, chain_ok, expired, not_yet_valid,
             self_signed,
             weak_key, weak_signature, root, reasons)
