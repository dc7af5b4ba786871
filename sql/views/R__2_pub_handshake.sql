-- Every call that reached a handshake, with all its results. For psql; no file has all of them.
CREATE OR REPLACE VIEW pub.handshake AS
SELECT
    observation.night,
    mail_host.name                                        AS mx_host,
    endpoint.address                                      AS ip,
    observation.attempt,
    observation.started_at,
    call_settings.offer_id,
    tls_profile.tls_profile_id IS NOT NULL AND NOT observation.tls_unfinished AS finished,
    tls_profile.tls_version,
    tls_profile.cipher_suite,
    tls_profile.key_exchange_group,
    tls_profile.signature_scheme,
    tls_profile.extended_master_secret,
    tls_profile.secure_renegotiation,
    tls_profile.session_ticket,
    tls_profile.hello_retry_requested,
    coalesce(tls_profile.client_certificate_requested, observation.client_certificate_requested) AS client_certificate_requested,
    tls_profile.timestamp_count,
    tls_profile.timestamps,
    ocsp_response.der                                     AS ocsp_response,
    ocsp_response.response_status                         AS ocsp_response_status,
    ocsp_response.certificate_status                      AS ocsp_certificate_status,
    ocsp_response.this_update                             AS ocsp_this_update,
    ocsp_response.next_update                             AS ocsp_next_update,
    ARRAY(
        SELECT encode(chain_certificate.certificate, 'hex')
        FROM census.chain_certificate
        WHERE chain_certificate.chain_id = tls_profile.chain_id
        ORDER BY chain_certificate.position
    )                                                     AS chain_sha256,
    observation.tls_failure,
    observation.broke_after,
    observation.alert_received,
    observation.alert_code,
    observation.alert_name,
    observation.connect_us / 1000.0                       AS connect_ms,
    observation.banner_us / 1000.0                        AS banner_ms,
    observation.ehlo_us / 1000.0                          AS ehlo_ms,
    observation.starttls_us / 1000.0                      AS starttls_ms,
    observation.handshake_us / 1000.0                     AS handshake_ms,
    observation.after_tls_us / 1000.0                     AS after_tls_ms,
    observation.quit_us / 1000.0                          AS quit_ms,
    tls_profile.chain_id,
    call_settings.source_address                          AS source
FROM census.observation
JOIN census.call_settings USING (call_settings_id)
JOIN census.endpoint USING (endpoint_id)
JOIN census.mail_host USING (mail_host_id)
LEFT JOIN census.tls_profile USING (tls_profile_id)
LEFT JOIN census.ocsp_response USING (ocsp_response_id)
WHERE observation.handshake_us IS NOT NULL
  -- whoever opted out is in no view
  AND NOT endpoint.is_opted_out;

COMMENT ON VIEW pub.handshake IS 'One row per call that reached a TLS handshake, finished or not, with all its results. Facts, no verdicts; for those see pub.server.';
COMMENT ON COLUMN pub.handshake.night IS 'The night.';
COMMENT ON COLUMN pub.handshake.mx_host IS 'Name of the mail server, which was also sent in SNI.';
COMMENT ON COLUMN pub.handshake.ip IS 'The address called.';
COMMENT ON COLUMN pub.handshake.attempt IS 'Which of the night''s calls at this server it was, from 1.';
COMMENT ON COLUMN pub.handshake.started_at IS 'When the call began, UTC.';
COMMENT ON COLUMN pub.handshake.offer_id IS 'Which documented ClientHello was sent: a file of datasets/offers.';
COMMENT ON COLUMN pub.handshake.finished IS 'Whether the handshake finished.';
COMMENT ON COLUMN pub.handshake.tls_version IS 'Version negotiated. In this column and those up to chain_sha256 a handshake that broke has what it had shown by then; null if it had shown no version.';
COMMENT ON COLUMN pub.handshake.cipher_suite IS 'Cipher suite, by its IANA name.';
COMMENT ON COLUMN pub.handshake.key_exchange_group IS 'Key exchange group, by its IANA name: before TLS 1.3 too. dh-<bits> for a Diffie-Hellman group that the server spelled out; null for static RSA.';
COMMENT ON COLUMN pub.handshake.signature_scheme IS 'IANA name of the scheme that signed the key exchange; null for static RSA, and before TLS 1.2, where there was no choice.';
COMMENT ON COLUMN pub.handshake.extended_master_secret IS 'Before TLS 1.3: whether the keys are bound to the whole handshake (RFC 7627). Null in TLS 1.3, which always binds them.';
COMMENT ON COLUMN pub.handshake.secure_renegotiation IS 'Before TLS 1.3: whether the server knows RFC 5746. Null in TLS 1.3, which cannot renegotiate.';
COMMENT ON COLUMN pub.handshake.session_ticket IS 'Whether it gave a ticket to resume by; in TLS 1.3 as far as one came before the session ended.';
COMMENT ON COLUMN pub.handshake.hello_retry_requested IS 'Whether it asked for another ClientHello (TLS 1.3).';
COMMENT ON COLUMN pub.handshake.client_certificate_requested IS 'Whether it asked for a client certificate; an empty list is the answer.';
COMMENT ON COLUMN pub.handshake.timestamp_count IS 'Number of signed certificate timestamps in the TLS extension; those in certificates are not among them. Null if their list cannot be read.';
COMMENT ON COLUMN pub.handshake.timestamps IS 'Their list as sent (RFC 6962, section 3.3).';
COMMENT ON COLUMN pub.handshake.ocsp_response IS 'The OCSP response stapled to the certificate, as sent.';
COMMENT ON COLUMN pub.handshake.ocsp_response_status IS 'Its status (RFC 6960, section 4.2.1); null if it cannot be read. Its signature was not checked.';
COMMENT ON COLUMN pub.handshake.ocsp_certificate_status IS 'The status of the certificate in it: good, revoked or unknown.';
COMMENT ON COLUMN pub.handshake.ocsp_this_update IS 'When that status was known to be correct.';
COMMENT ON COLUMN pub.handshake.ocsp_next_update IS 'When a newer response is due.';
COMMENT ON COLUMN pub.handshake.chain_sha256 IS 'SHA-256 of the certificates as sent, in their order; empty if none were shown, or if it broke before their message had come whole.';
COMMENT ON COLUMN pub.handshake.tls_failure IS 'Why the handshake, or the session right after it, broke: alert, closed, timeout, version, cpu, bytes, key_too_large or too_many_certificates.';
COMMENT ON COLUMN pub.handshake.broke_after IS 'Where it broke: the last handshake message of the server that had passed; client_hello if nothing came back.';
COMMENT ON COLUMN pub.handshake.alert_received IS 'Whether the server sent the fatal alert (else the census did); null without alert.';
COMMENT ON COLUMN pub.handshake.alert_code IS 'TLS alert description, 0 to 255.';
COMMENT ON COLUMN pub.handshake.alert_name IS 'IANA name of the alert.';
COMMENT ON COLUMN pub.handshake.connect_ms IS 'Milliseconds until connected. In this and every other phase 2147483.647 stands for that or more: our process stood still.';
COMMENT ON COLUMN pub.handshake.banner_ms IS 'Milliseconds until the complete greeting.';
COMMENT ON COLUMN pub.handshake.ehlo_ms IS 'Milliseconds for EHLO, and HELO where it followed.';
COMMENT ON COLUMN pub.handshake.starttls_ms IS 'Milliseconds for STARTTLS.';
COMMENT ON COLUMN pub.handshake.handshake_ms IS 'Milliseconds for the handshake.';
COMMENT ON COLUMN pub.handshake.after_tls_ms IS 'Milliseconds for EHLO under TLS; null if it did not come to that.';
COMMENT ON COLUMN pub.handshake.quit_ms IS 'Milliseconds for QUIT; null if it did not come to that.';
COMMENT ON COLUMN pub.handshake.chain_id IS 'The chain that the server sent: pub.chain has its certificates in order. Null if none was read.';
COMMENT ON COLUMN pub.handshake.source IS 'Our address that the call was made from.';
