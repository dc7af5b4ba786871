-- The permits of a night for one server, each with the observation of its call.
SELECT permit.permit_id, permit.attempt, permit.patient, permit.start_at, permit.signal, permit.rule, permit.retry_at,
       permit.question,
       CASE WHEN old_version_call.tls_version IS NOT NULL THEN 'finished: ' ELSE 'not finished: ' END
           || concat_ws(', ', old_version_call.tls_version, old_version_call.cipher_suite,
                        old_version_call.key_exchange_group,
                        old_version_call.tls_failure, old_version_call.alert_name,
                        'offer ' || old_version_call.offer_id,
                        'ended ' || old_version_call.ending || ' at ' || old_version_call.phase) AS old_version_showed,
       host(call_settings.source_address) AS source_address, call_settings.ehlo_name, observation.started_at,
       observation.phase, observation.ending,
       observation.connect_us, observation.banner_us, observation.ehlo_us, observation.starttls_us,
       observation.handshake_us, observation.after_tls_us, observation.quit_us,
       raw_reply.banner, dialogue.ehlo, dialogue.helo, dialogue.starttls, dialogue.after_tls,
       raw_reply.quit, raw_reply.excerpt, observation.received, observation.tls_unfinished, observation.tls_failure,
       observation.alert_received, observation.alert_code, observation.alert_name,
       observation.client_certificate_requested AS failure_client_certificate, observation.detail,
       call_settings.offer_id AS offered, observation.broke_after, ocsp_response.der AS ocsp_response,
       tls_profile.tls_version, tls_profile.cipher_suite, tls_profile.key_exchange_group, tls_profile.signature_scheme,
       tls_profile.client_certificate_requested, tls_profile.offer_id,
       tls_profile.extended_master_secret, tls_profile.secure_renegotiation, tls_profile.session_ticket,
       tls_profile.hello_retry_requested, tls_profile.timestamps,
       ARRAY(
           SELECT certificate.der
           FROM chain_certificate
           JOIN certificate ON certificate.sha256 = chain_certificate.certificate
           WHERE chain_certificate.chain_id = tls_profile.chain_id
           ORDER BY chain_certificate.position
       ) AS chain
FROM permit
LEFT JOIN observation USING (night, endpoint_id, attempt)
LEFT JOIN call_settings USING (call_settings_id)
LEFT JOIN dialogue USING (dialogue_id)
LEFT JOIN raw_reply USING (night, endpoint_id, attempt)
LEFT JOIN old_version_call USING (night, endpoint_id, attempt)
LEFT JOIN tls_profile USING (tls_profile_id)
LEFT JOIN ocsp_response USING (ocsp_response_id)
WHERE permit.night = :night
  AND permit.endpoint_id = :endpoint_id
ORDER BY permit.attempt
