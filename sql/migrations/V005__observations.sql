-- V005: facts. What each call showed, never what it means.

CREATE TABLE certificate (
    sha256              bytea NOT NULL,
    der                 bytea NOT NULL,
    readable            boolean NOT NULL,
    subject             text,
    issuer              text,
    not_before          timestamptz,
    not_after           timestamptz,
    serial              text,
    key_type            text,
    key_bits            integer,
    signature_algorithm text,
    spki_sha256         bytea,
    dns_names           text[] NOT NULL,
    common_names        text[] NOT NULL,

    CONSTRAINT certificate_pkey PRIMARY KEY (sha256),
    CONSTRAINT certificate_sha256_size CHECK (octet_length(sha256) = 32)
);

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

    CONSTRAINT tls_profile_pkey PRIMARY KEY (tls_profile_id),
    CONSTRAINT tls_profile_once UNIQUE (sha256),
    CONSTRAINT tls_profile_version_known CHECK (tls_version IN ('TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'))
);

COMMENT ON TABLE tls_profile IS 'What a finished handshake showed, stored once for all the nights and servers that showed the same.';
COMMENT ON COLUMN tls_profile.tls_profile_id IS 'Key of the profile.';
COMMENT ON COLUMN tls_profile.sha256 IS 'SHA-256 over all its values.';
COMMENT ON COLUMN tls_profile.tls_version IS 'Version negotiated when we offered TLS 1.0 to 1.3.';
COMMENT ON COLUMN tls_profile.cipher_suite IS 'IANA name.';
COMMENT ON COLUMN tls_profile.key_exchange_group IS 'IANA name, or dh-<bits> for a group the server spelled out; null for static RSA.';
COMMENT ON COLUMN tls_profile.signature_scheme IS 'IANA name of the scheme that signed the key exchange; null for static RSA.';
COMMENT ON COLUMN tls_profile.client_certificate_requested IS 'Whether the server asked for a client certificate.';
COMMENT ON COLUMN tls_profile.chain_id IS 'The certificates as sent; null if there were none.';
COMMENT ON COLUMN tls_profile.offer_id IS 'Which of our documented ClientHello offers was answered.';

CREATE TABLE observation (
    night            date        NOT NULL,
    permit_id        bigint      NOT NULL,
    endpoint_id      bigint      NOT NULL,
    attempt          smallint    NOT NULL,
    source_address   inet,
    ehlo_name        text        NOT NULL,
    started_at       timestamptz NOT NULL,
    phase            text        NOT NULL,
    ending           text        NOT NULL,
    connect_us       integer,
    banner_us        integer,
    ehlo_us          integer,
    starttls_us      integer,
    handshake_us     integer,
    after_tls_us     integer,
    quit_us          integer,
    banner           bytea,
    ehlo             bytea,
    helo             bytea,
    advertised       boolean     NOT NULL,
    starttls         bytea,
    after_tls        bytea,
    quit             bytea,
    excerpt          bytea       NOT NULL,
    received         integer     NOT NULL,
    tls_profile_id   bigint,
    tls_failure      text,
    alert_received   boolean,
    alert_code       smallint,
    alert_name       text,
    client_certificate_requested boolean,
    detail           text,

    CONSTRAINT observation_pkey PRIMARY KEY (night, permit_id),
    CONSTRAINT observation_phase_known CHECK (
        phase IN ('connect', 'banner', 'ehlo', 'starttls', 'handshake', 'after_tls', 'quit')
    ),
    CONSTRAINT observation_ending_known CHECK (
        ending IN ('completed', 'replied', 'closed', 'reset', 'timed_out', 'refused', 'no_route', 'too_much', 'not_smtp',
                   'injected', 'tls_failure', 'not_callable', 'not_dialled', 'local_error')
    ),
    CONSTRAINT observation_tls_failure_known CHECK (
        tls_failure IN ('alert', 'closed', 'timeout', 'version', 'cpu', 'bytes', 'key_too_large', 'too_many_certificates')
    )
) PARTITION BY RANGE (night);

CREATE INDEX observation_by_endpoint ON observation (night, endpoint_id, attempt);

COMMENT ON TABLE observation IS 'What one call showed: facts only, so that every verdict can be recomputed without sending a packet. For judgements see server_verdict.';
COMMENT ON COLUMN observation.night IS 'The night.';
COMMENT ON COLUMN observation.permit_id IS 'The permit of the call.';
COMMENT ON COLUMN observation.endpoint_id IS 'Who was called.';
COMMENT ON COLUMN observation.attempt IS '1 for the night''s first attempt at this endpoint.';
COMMENT ON COLUMN observation.source_address IS 'Our address; null if no connection was made.';
COMMENT ON COLUMN observation.ehlo_name IS 'What we say in EHLO.';
COMMENT ON COLUMN observation.started_at IS 'When the first packet was sent.';
COMMENT ON COLUMN observation.phase IS 'The phase in which the call ended; quit only if it completed.';
COMMENT ON COLUMN observation.ending IS 'How it ended, as seen on the wire.';
COMMENT ON COLUMN observation.connect_us IS 'Microseconds until connected; null if the phase was not entered.';
COMMENT ON COLUMN observation.banner_us IS 'Microseconds until the complete greeting.';
COMMENT ON COLUMN observation.ehlo_us IS 'Microseconds for EHLO, and HELO where it followed.';
COMMENT ON COLUMN observation.starttls_us IS 'Microseconds for STARTTLS.';
COMMENT ON COLUMN observation.handshake_us IS 'Microseconds for the TLS handshake.';
COMMENT ON COLUMN observation.after_tls_us IS 'Microseconds for EHLO under TLS.';
COMMENT ON COLUMN observation.quit_us IS 'Microseconds for QUIT.';
COMMENT ON COLUMN observation.banner IS 'The greeting as sent.';
COMMENT ON COLUMN observation.ehlo IS 'The reply to EHLO.';
COMMENT ON COLUMN observation.helo IS 'The reply to HELO, which follows only an EHLO answered 500 or 502.';
COMMENT ON COLUMN observation.advertised IS 'Whether EHLO advertised STARTTLS.';
COMMENT ON COLUMN observation.starttls IS 'The reply to STARTTLS; null if it was not sent.';
COMMENT ON COLUMN observation.after_tls IS 'The reply to EHLO under TLS.';
COMMENT ON COLUMN observation.quit IS 'The reply to QUIT.';
COMMENT ON COLUMN observation.excerpt IS 'The first 1,000 bytes of what came and was no complete reply.';
COMMENT ON COLUMN observation.received IS 'Bytes received before TLS.';
COMMENT ON COLUMN observation.tls_profile_id IS 'What the finished handshake showed; null if none finished.';
COMMENT ON COLUMN observation.tls_failure IS 'Why the handshake, or the session right after it, broke.';
COMMENT ON COLUMN observation.alert_received IS 'Whether the peer sent the fatal alert (else we did); null without alert.';
COMMENT ON COLUMN observation.alert_code IS 'TLS alert description, 0 to 255.';
COMMENT ON COLUMN observation.alert_name IS 'IANA name of the alert.';
COMMENT ON COLUMN observation.client_certificate_requested IS 'In a failure: whether the server had asked for a client certificate.';
COMMENT ON COLUMN observation.detail IS 'Our own words on an ending that needs some; never a peer''s.';
