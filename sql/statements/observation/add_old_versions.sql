INSERT INTO old_version_call (
    night, permit_id, endpoint_id, question, offer_id, started_at, phase, ending, handshake_us, tls_version,
    cipher_suite,
    key_exchange_group, tls_failure, broke_after, alert_received, alert_code, alert_name)
SELECT
    :night, seen.permit_id, seen.endpoint_id, seen.question, seen.offer_id, seen.started_at::timestamptz, seen.phase,
    seen.ending,
    seen.handshake_us, seen.tls_version, seen.cipher_suite, seen.key_exchange_group, seen.tls_failure, seen.broke_after,
    seen.alert_received, seen.alert_code, seen.alert_name
FROM unnest(
    :permit_ids, :endpoint_ids, :questions, :offer_ids, :started, :phases, :endings, :handshake_us, :tls_versions,
    :cipher_suites, :key_exchange_groups, :tls_failures, :broke_after, :alert_received, :alert_codes, :alert_names)
    AS seen (
    permit_id, endpoint_id, question, offer_id, started_at, phase, ending, handshake_us, tls_version,
    cipher_suite, key_exchange_group, tls_failure, broke_after, alert_received, alert_code, alert_name)
ON CONFLICT (night, permit_id) DO NOTHING
