-- A call that is stored already stays as it is, and counts as stored. Under the key of another call nothing is stored, and
-- it does not count: the caller compares.
INSERT INTO observation (
    started_at, endpoint_id, night, call_settings_id, reply_judgement_id, phase, ending, received,
    connect_us, banner_us, ehlo_us, starttls_us, handshake_us, after_tls_us, quit_us,
    dialogue_id, tls_profile_id, ocsp_response_id, attempt, is_clean_look, advertised, tls_unfinished,
    client_certificate_requested, alert_received, alert_code, tls_failure, broke_after, alert_name, detail)
SELECT
    seen.started_at::timestamptz, seen.endpoint_id, :night, call_settings.call_settings_id,
    reply_judgement.reply_judgement_id, seen.phase::call_phase, seen.ending::call_ending, seen.received,
    seen.connect_us, seen.banner_us, seen.ehlo_us, seen.starttls_us, seen.handshake_us, seen.after_tls_us, seen.quit_us,
    dialogue.dialogue_id, tls_profile.tls_profile_id, ocsp_response.ocsp_response_id, seen.attempt,
    seen.class = 'no_starttls' AND seen.phase = 'ehlo' AND seen.ending = 'replied', seen.advertised,
    seen.tls_unfinished, seen.client_certificate_requested, seen.alert_received, seen.alert_code, seen.tls_failure,
    seen.broke_after, seen.alert_name, seen.detail
FROM unnest(
    :endpoint_ids, :attempts, :questions, :ehlo_names, :offer_ids, :source_addresses, :classes, :rules, :reply_codes,
    :started, :phases, :endings,
    :connect_us, :banner_us, :ehlo_us, :starttls_us, :handshake_us, :after_tls_us, :quit_us,
    :ehlos, :helos, :advertised, :starttls, :after_tls, :received,
    :profiles, :tls_unfinished, :tls_failures, :alert_received, :alert_codes, :alert_names,
    :client_certificate_requested, :details, :broke_after, :ocsp_responses)
    AS seen (
    endpoint_id, attempt, question, ehlo_name, offer_id, source_address, class, rule, reply_code,
    started_at, phase, ending,
    connect_us, banner_us, ehlo_us, starttls_us, handshake_us, after_tls_us, quit_us,
    ehlo, helo, advertised, starttls, after_tls, received,
    profile, tls_unfinished, tls_failure, alert_received, alert_code, alert_name, client_certificate_requested, detail,
    broke_after, ocsp_response)
JOIN call_settings
    ON call_settings.question = seen.question
    AND call_settings.ehlo_name = seen.ehlo_name
    AND call_settings.offer_id IS NOT DISTINCT FROM seen.offer_id
    AND call_settings.source_address IS NOT DISTINCT FROM seen.source_address::inet
JOIN reply_judgement
    ON reply_judgement.class = seen.class
    AND reply_judgement.rule = seen.rule
    AND reply_judgement.reply_code IS NOT DISTINCT FROM seen.reply_code
LEFT JOIN dialogue ON dialogue.sha256 = dialogue_sha256(seen.ehlo, seen.helo, seen.starttls, seen.after_tls)
LEFT JOIN tls_profile ON tls_profile.sha256 = seen.profile
LEFT JOIN ocsp_response ON ocsp_response.sha256 = seen.ocsp_response
ON CONFLICT (endpoint_id, night, attempt) DO UPDATE SET started_at = excluded.started_at
WHERE observation.started_at = excluded.started_at
