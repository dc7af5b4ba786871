INSERT INTO assessed_server (
    night, endpoint_id, outcome, starttls, usable, reply_code, enhanced_code, tls_profile_id, leaf_sha256, chain,
    chain_ok,
    expired, not_yet_valid, self_signed, weak_key, weak_signature, name_match, attempts, observed_at, detail, flags,
    chain_with_known_intermediates, revoked, method_version)
SELECT :night, judged.endpoint_id, judged.outcome, judged.starttls, judged.usable, judged.reply_code,
       judged.enhanced_code,
       judged.tls_profile_id, judged.leaf_sha256, judged.chain, judged.chain_ok, judged.expired, judged.not_yet_valid,
       judged.self_signed, judged.weak_key, judged.weak_signature, judged.name_match, judged.attempts,
       judged.observed_at::timestamptz, judged.detail, string_to_array(judged.flags, ' '), judged.known, judged.revoked,
       :method_version
FROM unnest(:endpoint_ids, :outcomes, :starttls, :usable, :reply_codes, :enhanced_codes, :profiles, :leaves, :chains,
            :chain_ok, :expired, :not_yet_valid, :self_signed, :weak_keys, :weak_signatures, :name_matches, :attempts,
            :observed, :details, :flags, :known, :revoked)
    AS judged (endpoint_id, outcome, starttls, usable, reply_code, enhanced_code, tls_profile_id, leaf_sha256, chain,
               chain_ok, expired, not_yet_valid, self_signed, weak_key, weak_signature, name_match, attempts,
               observed_at, detail, flags, known, revoked)
ON CONFLICT (night, endpoint_id) DO UPDATE
SET outcome = excluded.outcome, starttls = excluded.starttls, usable = excluded.usable,
reply_code = excluded.reply_code,
    enhanced_code = excluded.enhanced_code, tls_profile_id = excluded.tls_profile_id,
    leaf_sha256 = excluded.leaf_sha256,
    chain = excluded.chain, chain_ok = excluded.chain_ok, expired = excluded.expired,
    not_yet_valid = excluded.not_yet_valid, self_signed = excluded.self_signed, weak_key = excluded.weak_key,
    weak_signature = excluded.weak_signature, name_match = excluded.name_match, attempts = excluded.attempts,
    observed_at = excluded.observed_at, inherited_from = excluded.inherited_from, detail = excluded.detail,
    flags = excluded.flags, chain_with_known_intermediates = excluded.chain_with_known_intermediates,
    revoked = excluded.revoked, method_version = excluded.method_version
