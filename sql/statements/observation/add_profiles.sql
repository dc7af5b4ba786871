INSERT INTO tls_profile (sha256, tls_version, cipher_suite, key_exchange_group, signature_scheme,
                         client_certificate_requested, chain_id, offer_id)
SELECT DISTINCT ON (seen.sha256) seen.sha256, seen.tls_version, seen.cipher_suite, seen.key_exchange_group,
       seen.signature_scheme, seen.client_certificate_requested, chain.chain_id, seen.offer_id
FROM unnest(:sha256s, :tls_versions, :cipher_suites, :key_exchange_groups, :signature_schemes,
            :client_certificate_requested, :chains, :offer_ids)
    AS seen (sha256, tls_version, cipher_suite, key_exchange_group, signature_scheme,
             client_certificate_requested, chain, offer_id)
LEFT JOIN chain ON chain.sha256 = seen.chain
ORDER BY seen.sha256
ON CONFLICT (sha256) DO NOTHING
