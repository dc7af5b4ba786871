-- The next planned endpoints by id, with all their calls of tonight.
--
-- starttls_refused_on is the refusal on which a call's outcome may rest. A call that may say STARTTLS confirms the
-- refusal that the plan knows. One that says EHLO alone rests on a refusal at its address within the nights in which it
-- is said once: an earlier one, or tonight's, by the name that said it. The lookup is correlated, so it is made for
-- the few such calls alone. What began after known_until changes nothing: see verdict/known_until.
WITH page AS (
    SELECT endpoint_id, address, not_attempted, detail, starttls_refused_on, starttls_within_nights
    FROM planned_call
    WHERE night = :night
      AND endpoint_id > :after
      AND not_attempted IS DISTINCT FROM 'inherited'
    ORDER BY endpoint_id
    LIMIT :most
)

SELECT page.endpoint_id, mail_host.name, host(page.address) AS address, page.not_attempted,
       page.detail AS planned_detail,
       CASE
           WHEN page.starttls_within_nights IS NULL THEN page.starttls_refused_on
           WHEN page.starttls_refused_on > :night::date - page.starttls_within_nights THEN page.starttls_refused_on
           WHEN (
               SELECT bool_or(said.starttls IS NOT NULL AND reply_judgement.class = 'tls_unavailable')
                      AND NOT bool_or(asked.tls_profile_id IS NOT NULL AND NOT asked.tls_unfinished)
               FROM endpoint AS name
               JOIN observation AS asked ON asked.night = :night AND asked.endpoint_id = name.endpoint_id
               LEFT JOIN dialogue AS said ON said.dialogue_id = asked.dialogue_id
               JOIN reply_judgement USING (reply_judgement_id)
               WHERE name.address = page.address
                 AND asked.started_at <= :known_until::timestamptz
           ) THEN :night::date
       END AS starttls_refused_on,
       -- Not EXISTS: the planner might read the permits of all nights for every page.
       (
           SELECT permit.permit_id FROM permit
           WHERE permit.night = :night AND permit.endpoint_id = page.endpoint_id AND permit.signal = 'abandoned'
             AND permit.dial_before <= :known_until::timestamptz
           LIMIT 1
       ) IS NOT NULL AS abandoned,
       observation.attempt, host(call_settings.source_address) AS source_address, call_settings.ehlo_name,
       observation.started_at, observation.phase, observation.ending,
       observation.connect_us, observation.banner_us, observation.ehlo_us, observation.starttls_us,
       observation.handshake_us, observation.after_tls_us, observation.quit_us,
       raw_reply.banner, dialogue.ehlo, dialogue.helo, dialogue.starttls,
       dialogue.after_tls, raw_reply.quit, raw_reply.excerpt, observation.received, observation.tls_unfinished,
       observation.tls_failure,
       observation.alert_received, observation.alert_code, observation.alert_name,
       observation.client_certificate_requested AS failure_client_certificate, observation.detail,
       call_settings.offer_id AS offered, observation.broke_after, ocsp_response.der AS ocsp_response,
       tls_profile.tls_profile_id, tls_profile.chain_id, tls_profile.tls_version, tls_profile.cipher_suite,
       tls_profile.key_exchange_group,
       tls_profile.signature_scheme, tls_profile.client_certificate_requested, tls_profile.offer_id,
       tls_profile.extended_master_secret, tls_profile.secure_renegotiation, tls_profile.session_ticket,
       tls_profile.hello_retry_requested, tls_profile.timestamps,
       ARRAY(
           SELECT certificate.der
           FROM chain_certificate
           JOIN certificate ON certificate.sha256 = chain_certificate.certificate
           WHERE chain_certificate.chain_id = tls_profile.chain_id
           ORDER BY chain_certificate.position
       ) AS chain
FROM page
JOIN endpoint USING (endpoint_id)
JOIN mail_host USING (mail_host_id)
-- Endpoints that opted out stay out, even if an on-demand call was requested (census check).
LEFT JOIN observation
    ON observation.night = :night AND observation.endpoint_id = page.endpoint_id AND page.not_attempted IS NULL
LEFT JOIN call_settings USING (call_settings_id)
LEFT JOIN dialogue USING (dialogue_id)
LEFT JOIN raw_reply
    ON raw_reply.night = :night AND raw_reply.endpoint_id = observation.endpoint_id
    AND raw_reply.attempt = observation.attempt
LEFT JOIN tls_profile USING (tls_profile_id)
LEFT JOIN ocsp_response USING (ocsp_response_id)
ORDER BY page.endpoint_id, observation.attempt
