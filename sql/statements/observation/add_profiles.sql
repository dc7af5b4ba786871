INSERT INTO tls_profile (sha256, tls_version, cipher_suite, key_exchange_group, signature_scheme,
                         client_certificate_requested, chain_id, offer_id, extended_master_secret, secure_renegotiation,
                         session_ticket, hello_retry_requested, timestamps, timestamp_count)
SELECT DISTINCT ON (seen.sha256) seen.sha256, seen.tls_version, seen.cipher_suite, seen.key_exchange_group,
       seen.signature_scheme, seen.client_certificate_requested, chain.chain_id, seen.offer_id,
       seen.extended_master_secret, seen.secure_renegotiation, seen.session_ticket, seen.hello_retry_requested,
       seen.timestamps,
       seen.timestamp_count
FROM unnest(:sha256s, :tls_versions, :cipher_suites, :key_exchange_groups, :signature_schemes,
            :client_certificate_requested, :chains, :offer_ids, :extended_master_secrets, :secure_renegotiations,
            :session_tickets,
            :hello_retries, :timestamps, :timestamp_counts)
    AS seen (sha256, tls_version, cipher_suite, key_exchange_group, signature_scheme,
             client_certificate_requested, chain, offer_id, extended_master_secret, secure_renegotiation,
             session_ticket,
             hello_retry_requested, timestamps, timestamp_count)
LEFT JOIN chain ON chain.sha256 = seen.chain
ORDER BY seen.sha256
ON CONFLICT (sha256) DO NOTHING
