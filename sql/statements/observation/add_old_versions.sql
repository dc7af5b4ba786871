-- As observations: a call that is stored already stays as it is, and counts as stored. Under the key of another call
-- nothing is stored, and it does not count: the caller compares.
INSERT INTO old_version_call (
    night, endpoint_id, attempt, reply_judgement_id, question, offer_id, started_at, phase, ending, handshake_us,
    tls_version, cipher_suite, key_exchange_group, tls_failure, broke_after, alert_received, alert_code, alert_name)
SELECT
    :night, seen.endpoint_id, seen.attempt, reply_judgement.reply_judgement_id, seen.question, seen.offer_id,
    seen.started_at::timestamptz, seen.phase::call_phase, seen.ending::call_ending, seen.handshake_us, seen.tls_version, seen.cipher_suite,
    seen.key_exchange_group, seen.tls_failure, seen.broke_after, seen.alert_received, seen.alert_code, seen.alert_name
FROM unnest(
    :endpoint_ids, :attempts, :classes, :rules, :reply_codes, :questions, :offer_ids, :started, :phases, :endings,
    :handshake_us, :tls_versions, :cipher_suites, :key_exchange_groups, :tls_failures, :broke_after, :alert_received,
    :alert_codes, :alert_names)
    AS seen (
    endpoint_id, attempt, class, rule, reply_code, question, offer_id, started_at, phase, ending, handshake_us,
    tls_version, cipher_suite, key_exchange_group, tls_failure, broke_after, alert_received, alert_code, alert_name)
JOIN reply_judgement
    ON reply_judgement.class = seen.class
    AND reply_judgement.rule = seen.rule
    AND reply_judgement.reply_code IS NOT DISTINCT FROM seen.reply_code
ON CONFLICT (endpoint_id, night, attempt) DO UPDATE SET started_at = excluded.started_at
WHERE old_version_call.started_at = excluded.started_at
