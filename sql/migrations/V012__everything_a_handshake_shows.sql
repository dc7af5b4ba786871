-- V012: what a handshake shows beside what is agreed.

ALTER TABLE tls_profile
    ADD COLUMN extended_master_secret boolean,
    ADD COLUMN secure_renegotiation   boolean,
    ADD COLUMN session_ticket         boolean,
    ADD COLUMN hello_retry_requested  boolean,
    ADD COLUMN timestamps             bytea,
    ADD COLUMN timestamp_count        integer;

COMMENT ON COLUMN tls_profile.extended_master_secret IS 'Before TLS 1.3: whether the keys are bound to the whole handshake (RFC 7627). Null in TLS 1.3, which always binds them, and where it was not noted yet.';
COMMENT ON COLUMN tls_profile.secure_renegotiation IS 'Before TLS 1.3: whether the server knows RFC 5746. Null in TLS 1.3, which cannot renegotiate, and where it was not noted yet.';
COMMENT ON COLUMN tls_profile.session_ticket IS 'Whether the server gave a ticket to resume by; in TLS 1.3 as far as one came before the session ended. Null where it was not noted yet.';
COMMENT ON COLUMN tls_profile.hello_retry_requested IS 'Whether the server asked for another ClientHello (TLS 1.3). Null where it was not noted yet.';
COMMENT ON COLUMN tls_profile.timestamps IS 'The list of signed certificate timestamps in the TLS extension, as sent (RFC 6962, section 3.3); null if none came. Those in certificates are in the certificates.';
COMMENT ON COLUMN tls_profile.timestamp_count IS 'Number of them; 0 if no list came, null if it cannot be read or was not noted yet.';

CREATE TABLE ocsp_response (
    sha256             bytea NOT NULL,
    der                bytea NOT NULL,
    response_status    text,
    certificate_status text,
    this_update        timestamptz,
    next_update        timestamptz,

    CONSTRAINT ocsp_response_pkey PRIMARY KEY (sha256),
    CONSTRAINT ocsp_response_sha256_size CHECK (octet_length(sha256) = 32),
    CONSTRAINT ocsp_response_status_known CHECK (
        response_status IN ('successful', 'malformed_request', 'internal_error', 'try_later', 'sig_required', 'unauthorized')
    ),
    CONSTRAINT ocsp_response_certificate_status_known CHECK (certificate_status IN ('good', 'revoked', 'unknown'))
);

COMMENT ON TABLE ocsp_response IS 'Every OCSP response that a server stapled to its certificate, once. What it says is the peer''s word: its signature was not looked at.';
COMMENT ON COLUMN ocsp_response.sha256 IS 'SHA-256 of the response as sent.';
COMMENT ON COLUMN ocsp_response.der IS 'The response as sent; no longer than a whole handshake may be (256 KiB).';
COMMENT ON COLUMN ocsp_response.response_status IS 'Status of the response (RFC 6960, section 4.2.1); null if it cannot be read.';
COMMENT ON COLUMN ocsp_response.certificate_status IS 'good, revoked or unknown, of the first certificate that it speaks of; null if it speaks of none.';
COMMENT ON COLUMN ocsp_response.this_update IS 'When that was known to be so.';
COMMENT ON COLUMN ocsp_response.next_update IS 'By when there is newer word.';

ALTER TABLE observation
    ADD COLUMN offer_id      text,
    ADD COLUMN broke_after   text,
    ADD COLUMN ocsp_response bytea,
    ADD CONSTRAINT observation_broke_after_known CHECK (
        broke_after IN ('client_hello', 'hello_retry_request', 'server_hello', 'encrypted_extensions', 'certificate',
                        'certificate_status', 'server_key_exchange', 'certificate_request', 'server_hello_done',
                        'certificate_verify', 'new_session_ticket', 'finished', 'other')
    );

COMMENT ON COLUMN observation.offer_id IS 'Which of our documented ClientHello offers was made (datasets/offers); null if the call did not come to a handshake, or it was not noted yet.';
COMMENT ON COLUMN observation.broke_after IS 'Where the handshake, or the session right after it, broke: the last handshake message that had passed, client_hello if nothing came back; other if it has no place in a handshake with us.';
COMMENT ON COLUMN observation.ocsp_response IS 'SHA-256 of the OCSP response stapled to the certificate; null if there was none.';
