INSERT INTO server_verdict (night, endpoint_id, outcome, starttls, usable, reply_code, enhanced_code, tls_profile_id, leaf_sha256, chain,
                            chain_ok, expired, not_yet_valid, self_signed, weak_key, weak_signature, name, attempts, observed_at,
                            inherited_from, detail, flags, chain_with_known_intermediates, revoked, method_version)
SELECT :night, endpoint_id, outcome, starttls, usable, reply_code, enhanced_code, tls_profile_id, leaf_sha256, chain,
       chain_ok, expired, not_yet_valid, self_signed, weak_key, weak_signature, name, attempts, observed_at + interval '1 day',
       inherited_from, detail, flags, chain_with_known_intermediates, revoked, method_version
FROM server_verdict
WHERE night = :night::date - 1
