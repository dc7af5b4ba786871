-- V107: certificates and chains, and what else a handshake showed

CREATE TABLE certificate (
    sha256              bytea       NOT NULL,
    der                 bytea       NOT NULL,
    readable            boolean     NOT NULL,
    subject             text,
    issuer              text,
    not_before          timestamptz,
    not_after           timestamptz,
    serial              text,
    key_type            text,
    key_bits            integer,
    signature_algorithm text,
    spki_sha256         bytea,
    dns_names           text[]      NOT NULL,
    common_names        text[]      NOT NULL,
    other_names         text[]      NOT NULL DEFAULT '{}',
    names_omitted       integer     NOT NULL DEFAULT 0,
    is_ca               boolean     NOT NULL DEFAULT false,
    validation          text,
    sct_count           integer,
    subject_sha256      bytea,
    issuer_sha256       bytea,
    is_opted_out        boolean     NOT NULL DEFAULT false,

    CONSTRAINT certificate_pkey PRIMARY KEY (sha256),
    CONSTRAINT certificate_sha256_size CHECK (octet_length(sha256) = 32),
    CONSTRAINT certificate_validation_known CHECK (validation IN ('dv', 'ov', 'iv', 'ev'))
);

-- who could have issued a certificate whose issuer was not sent
CREATE INDEX certificate_ca_by_subject ON certificate (subject_sha256, sha256) WHERE is_ca;

-- as pub shows the key
CREATE INDEX certificate_by_hexadecimal ON certificate (encode(sha256, 'hex'));

COMMENT ON TABLE certificate IS 'Every certificate ever seen, once, for ever. Text fields are the peer''s words: data, never to be trusted.';
COMMENT ON COLUMN certificate.sha256 IS 'SHA-256 of the DER.';
COMMENT ON COLUMN certificate.der IS 'The certificate as sent.';
COMMENT ON COLUMN certificate.readable IS 'Whether its outer structure could be parsed.';
COMMENT ON COLUMN certificate.subject IS 'Subject, RFC 4514; U+0000 shown as U+FFFD.';
COMMENT ON COLUMN certificate.issuer IS 'Issuer, RFC 4514; U+0000 shown as U+FFFD.';
COMMENT ON COLUMN certificate.not_before IS 'Begin of validity.';
COMMENT ON COLUMN certificate.not_after IS 'End of validity.';
COMMENT ON COLUMN certificate.serial IS 'Serial number, hexadecimal.';
COMMENT ON COLUMN certificate.key_type IS 'RSA, EC, Ed25519 ...';
COMMENT ON COLUMN certificate.key_bits IS 'Size of the key, in bits.';
COMMENT ON COLUMN certificate.signature_algorithm IS 'Signature algorithm, for example SHA256WITHRSA.';
COMMENT ON COLUMN certificate.spki_sha256 IS 'SHA-256 of the SubjectPublicKeyInfo.';
COMMENT ON COLUMN certificate.dns_names IS 'dNSName entries of the subject alternative name.';
COMMENT ON COLUMN certificate.common_names IS 'Common names of the subject.';
COMMENT ON COLUMN certificate.other_names IS 'The other entries of the subject alternative name, each with its kind: ip:192.0.2.1, email:, uri:, directory:, oid:, other: and an OID.';
COMMENT ON COLUMN certificate.names_omitted IS 'Entries of the subject alternative name beyond the first 10,000, which are only in the DER.';
COMMENT ON COLUMN certificate.is_ca IS 'Whether it says that it may issue certificates.';
COMMENT ON COLUMN certificate.validation IS 'What the CA checked: dv, ov, iv or ev, by the CA/B Forum''s policy OIDs; null without one.';
COMMENT ON COLUMN certificate.sct_count IS 'Signed certificate timestamps embedded in it; null if their list cannot be read.';
COMMENT ON COLUMN certificate.subject_sha256 IS 'SHA-256 of the subject''s DER.';
COMMENT ON COLUMN certificate.issuer_sha256 IS 'SHA-256 of the issuer''s DER.';
COMMENT ON COLUMN certificate.is_opted_out IS 'Whether it names somebody who is in opt_out.';

CREATE TABLE chain (
    chain_id bigint GENERATED ALWAYS AS IDENTITY,
    sha256   bytea  NOT NULL,

    CONSTRAINT chain_pkey PRIMARY KEY (chain_id),
    CONSTRAINT chain_same_certificates_once UNIQUE (sha256),
    CONSTRAINT chain_sha256_size CHECK (octet_length(sha256) = 32)
);

COMMENT ON TABLE chain IS 'A list of certificates as servers sent it, stored once.';
COMMENT ON COLUMN chain.chain_id IS 'Key of the chain.';
COMMENT ON COLUMN chain.sha256 IS 'SHA-256 over the SHA-256 values of its certificates in order.';

CREATE TABLE chain_certificate (
    chain_id    bigint   NOT NULL REFERENCES chain,
    position    smallint NOT NULL,
    certificate bytea    NOT NULL REFERENCES certificate,

    CONSTRAINT chain_certificate_pkey PRIMARY KEY (chain_id, position)
);

COMMENT ON TABLE chain_certificate IS 'The certificates of a chain.';
COMMENT ON COLUMN chain_certificate.chain_id IS 'The chain.';
COMMENT ON COLUMN chain_certificate.position IS 'Order as sent, from 0: the server''s own certificate.';
COMMENT ON COLUMN chain_certificate.certificate IS 'SHA-256 of the certificate.';

CREATE TABLE ocsp_response (
    sha256             bytea       NOT NULL,
    der                bytea       NOT NULL,
    response_status    text,
    certificate_status text,
    this_update        timestamptz,
    next_update        timestamptz,
    ocsp_response_id   integer     GENERATED ALWAYS AS IDENTITY,

    CONSTRAINT ocsp_response_sha256_size CHECK (octet_length(sha256) = 32),
    CONSTRAINT ocsp_response_status_known CHECK (
        response_status IN ('successful', 'malformed_request', 'internal_error', 'try_later', 'sig_required', 'unauthorized')
    ),
    CONSTRAINT ocsp_response_certificate_status_known CHECK (certificate_status IN ('good', 'revoked', 'unknown')),
    CONSTRAINT ocsp_response_pkey PRIMARY KEY (ocsp_response_id),
    CONSTRAINT ocsp_response_once UNIQUE (sha256)
);

COMMENT ON TABLE ocsp_response IS 'Every OCSP response that a server stapled to its certificate, once. What it says is the peer''s word: its signature was not looked at.';
COMMENT ON COLUMN ocsp_response.sha256 IS 'SHA-256 of the response as sent.';
COMMENT ON COLUMN ocsp_response.der IS 'The response as sent; no longer than a whole handshake may be (256 KiB).';
COMMENT ON COLUMN ocsp_response.response_status IS 'Status of the response (RFC 6960, section 4.2.1); null if it cannot be read.';
COMMENT ON COLUMN ocsp_response.certificate_status IS 'good, revoked or unknown, of the first certificate that it speaks of; null if it speaks of none.';
COMMENT ON COLUMN ocsp_response.this_update IS 'When that was known to be so.';
COMMENT ON COLUMN ocsp_response.next_update IS 'By when there is newer word.';
COMMENT ON COLUMN ocsp_response.ocsp_response_id IS 'Its number.';

CREATE TABLE tls_profile (
    tls_profile_id               bigint  GENERATED ALWAYS AS IDENTITY,
    sha256                       bytea   NOT NULL,
    tls_version                  text    NOT NULL,
    cipher_suite                 text    NOT NULL,
    key_exchange_group           text,
    signature_scheme             text,
    client_certificate_requested boolean NOT NULL,
    chain_id                     bigint  REFERENCES chain,
    offer_id                     text    NOT NULL,
    extended_master_secret       boolean,
    secure_renegotiation         boolean,
    session_ticket               boolean NOT NULL,
    hello_retry_requested        boolean NOT NULL,
    timestamps                   bytea,
    timestamp_count              integer,

    CONSTRAINT tls_profile_pkey PRIMARY KEY (tls_profile_id),
    CONSTRAINT tls_profile_once UNIQUE (sha256),
    CONSTRAINT tls_profile_version_known CHECK (tls_version IN ('TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'))
);

CREATE INDEX tls_profile_by_chain ON tls_profile (chain_id);

COMMENT ON TABLE tls_profile IS 'What a handshake showed, stored once for all the nights and servers that showed the same. Of one that broke: what had arrived by then.';
COMMENT ON COLUMN tls_profile.tls_profile_id IS 'Key of the profile.';
COMMENT ON COLUMN tls_profile.sha256 IS 'SHA-256 over all its values.';
COMMENT ON COLUMN tls_profile.tls_version IS 'Version negotiated when we offered TLS 1.0 to 1.3.';
COMMENT ON COLUMN tls_profile.cipher_suite IS 'IANA name.';
COMMENT ON COLUMN tls_profile.key_exchange_group IS 'IANA name, or dh-<bits> for a group the server spelled out; null for static RSA.';
COMMENT ON COLUMN tls_profile.signature_scheme IS 'IANA name of the scheme that signed the key exchange; null for static RSA.';
COMMENT ON COLUMN tls_profile.client_certificate_requested IS 'Whether the server asked for a client certificate.';
COMMENT ON COLUMN tls_profile.chain_id IS 'The certificates as sent; null if there were none, or if the handshake broke before they were there.';
COMMENT ON COLUMN tls_profile.offer_id IS 'Which of our documented ClientHello offers was answered.';
COMMENT ON COLUMN tls_profile.extended_master_secret IS 'Before TLS 1.3: whether the keys are bound to the whole handshake (RFC 7627). Null in TLS 1.3, which always binds them.';
COMMENT ON COLUMN tls_profile.secure_renegotiation IS 'Before TLS 1.3: whether the server knows RFC 5746. Null in TLS 1.3, which cannot renegotiate.';
COMMENT ON COLUMN tls_profile.session_ticket IS 'Whether the server gave a ticket to resume by; in TLS 1.3 as far as one came before the session ended.';
COMMENT ON COLUMN tls_profile.hello_retry_requested IS 'Whether the server asked for another ClientHello (TLS 1.3).';
COMMENT ON COLUMN tls_profile.timestamps IS 'The list of signed certificate timestamps in the TLS extension, as sent (RFC 6962, section 3.3); null if none came. Those in certificates are in the certificates.';
COMMENT ON COLUMN tls_profile.timestamp_count IS 'Number of them; 0 if no list came, null if it cannot be read.';
