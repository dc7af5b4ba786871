INSERT INTO filed_server (endpoint_id, sha256, provider, provider_source, is_implicit, measured_within_nights)
SELECT assessed.endpoint_id,
       server_state_sha256(
           assessed.outcome, assessed.starttls, assessed.usable, assessed.reply_code, assessed.enhanced_code,
           assessed.tls_profile_id, assessed.leaf_sha256, assessed.chain, assessed.chain_with_known_intermediates,
           assessed.chain_ok, assessed.expired, assessed.not_yet_valid, assessed.self_signed, assessed.weak_key,
           assessed.weak_signature, assessed.revoked, assessed.name_match, assessed.inherited_from, assessed.detail,
           assessed.flags, planned_call.provider, planned_call.provider_source, planned_call.is_implicit,
           asked.within_nights),
       planned_call.provider, planned_call.provider_source, planned_call.is_implicit, asked.within_nights
FROM assessed_server AS assessed
JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = assessed.endpoint_id
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN 'not_asked' = ANY (assessed.flags)
            THEN greatest(planned_call.measured_within_nights, planned_call.starttls_within_nights)
        ELSE planned_call.measured_within_nights
    END AS within_nights
) AS asked
WHERE assessed.night = :night
