-- States that were never seen before. Looked for first: an insert that conflicts would use up a number all the same.
INSERT INTO server_state (
    sha256, tls_profile_id, measured_within_nights, reply_code, is_implicit, starttls, usable, chain_ok, expired,
    not_yet_valid, self_signed, weak_key, weak_signature, revoked, leaf_sha256, outcome, enhanced_code, chain,
    chain_with_known_intermediates, name_match, inherited_from, detail, flags, provider, provider_source)
SELECT DISTINCT ON (filed.sha256)
       filed.sha256, assessed.tls_profile_id, filed.measured_within_nights, assessed.reply_code, filed.is_implicit,
       assessed.starttls, assessed.usable, assessed.chain_ok, assessed.expired, assessed.not_yet_valid,
       assessed.self_signed, assessed.weak_key, assessed.weak_signature, assessed.revoked, assessed.leaf_sha256,
       assessed.outcome, assessed.enhanced_code, assessed.chain, assessed.chain_with_known_intermediates,
       assessed.name_match, assessed.inherited_from, assessed.detail, assessed.flags, filed.provider,
       filed.provider_source
FROM filed_server AS filed
JOIN assessed_server AS assessed ON assessed.night = :night AND assessed.endpoint_id = filed.endpoint_id
WHERE NOT EXISTS (SELECT FROM server_state WHERE server_state.sha256 = filed.sha256)
ORDER BY filed.sha256
