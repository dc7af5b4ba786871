INSERT INTO observation (
    night, permit_id, endpoint_id, attempt, source_address, ehlo_name, started_at, phase, ending,
    connect_us, banner_us, ehlo_us, starttls_us, handshake_us, after_tls_us, quit_us,
    dialogue_id, advertised, received,
    tls_profile_id, tls_unfinished, tls_failure, alert_received, alert_code, alert_name, client_certificate_requested,
    detail, offer_id, broke_after, ocsp_response)
SELECT
    :night, seen.permit_id, seen.endpoint_id, seen.attempt, seen.source_address::inet, seen.ehlo_name,
    seen.started_at::timestamptz, seen.phase, seen.ending,
    seen.connect_us, seen.banner_us, seen.ehlo_us, seen.starttls_us, seen.handshake_us, seen.after_tls_us, seen.quit_us,
    dialogue.dialogue_id, seen.advertised, seen.received, tls_profile.tls_profile_id, seen.tls_unfinished,
    seen.tls_failure, seen.alert_received,
    seen.alert_code, seen.alert_name, seen.client_certificate_requested, seen.detail, seen.offer_id, seen.broke_after,
    seen.ocsp_response
FROM unnest(
    :permit_ids, :endpoint_ids, :attempts, :source_addresses, :ehlo_names, :started, :phases, :endings,
    :connect_us, :banner_us, :ehlo_us, :starttls_us, :handshake_us, :after_tls_us, :quit_us,
    :ehlos, :helos, :advertised, :starttls, :after_tls, :received,
    :profiles, :tls_unfinished, :tls_failures, :alert_received, :alert_codes, :alert_names,
    :client_certificate_requested, :details, :offer_ids, :broke_after, :ocsp_responses)
    AS seen (
    permit_id, endpoint_id, attempt, source_address, ehlo_name, started_at, phase, ending,
    connect_us, banner_us, ehlo_us, starttls_us, handshake_us, after_tls_us, quit_us,
    ehlo, helo, advertised, starttls, after_tls, received,
    profile, tls_unfinished, tls_failure, alert_received, alert_code, alert_name, client_certificate_requested, detail,
    offer_id, broke_after, ocsp_response)
LEFT JOIN dialogue ON dialogue.sha256 = dialogue_sha256(seen.ehlo, seen.helo, seen.starttls, seen.after_tls)
LEFT JOIN tls_profile ON tls_profile.sha256 = seen.profile
ON CONFLICT (night, permit_id) DO NOTHING
