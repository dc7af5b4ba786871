-- V013: certificates in depth; trust stores side by side; what a chain is worth by each of them, once for all calls that showed it.

ALTER TABLE certificate
    ADD COLUMN other_names    text[]   NOT NULL DEFAULT '{}',
    ADD COLUMN names_omitted  integer  NOT NULL DEFAULT 0,
    ADD COLUMN is_ca          boolean  NOT NULL DEFAULT false,
    ADD COLUMN validation     text,
    ADD COLUMN sct_count      integer,
    ADD COLUMN subject_sha256 bytea,
    ADD COLUMN issuer_sha256  bytea,
    ADD CONSTRAINT certificate_validation_known CHECK (validation IN ('dv', 'ov', 'iv', 'ev'));

-- who could have issued a certificate whose issuer was not sent
CREATE INDEX certificate_ca_by_subject ON certificate (subject_sha256, sha256) WHERE is_ca;

COMMENT ON COLUMN certificate.other_names IS 'The other entries of the subject alternative name, each with its kind: ip:192.0.2.1, email:, uri:, directory:, oid:, other: and an OID.';
COMMENT ON COLUMN certificate.names_omitted IS 'Entries of the subject alternative name beyond the first 10,000, which are only in the DER.';
COMMENT ON COLUMN certificate.is_ca IS 'Whether it says that it may issue certificates.';
COMMENT ON COLUMN certificate.validation IS 'What the CA checked: dv, ov, iv or ev, by the CA/B Forum''s policy OIDs; null without one.';
COMMENT ON COLUMN certificate.sct_count IS 'Signed certificate timestamps embedded in it; null if their list cannot be read, or it was stored before they were counted.';
COMMENT ON COLUMN certificate.subject_sha256 IS 'SHA-256 of the subject''s DER.';
COMMENT ON COLUMN certificate.issuer_sha256 IS 'SHA-256 of the issuer''s DER.';

-- which chains were seen since when, without looking at every observation
CREATE INDEX observation_by_profile ON observation (tls_profile_id, night) WHERE tls_profile_id IS NOT NULL;
CREATE INDEX tls_profile_by_chain ON tls_profile (chain_id);

CREATE TABLE trust_store (
    trust_store_id bigint      GENERATED ALWAYS AS IDENTITY,
    name           text        NOT NULL,
    sha256         bytea       NOT NULL,
    added_at       timestamptz NOT NULL,

    CONSTRAINT trust_store_pkey PRIMARY KEY (trust_store_id),
    CONSTRAINT trust_store_one_of_a_name UNIQUE (name),
    CONSTRAINT trust_store_sha256_size CHECK (octet_length(sha256) = 32)
);

COMMENT ON TABLE trust_store IS 'The sets of roots by which chains were judged. A name stands for the same roots for ever: another date is another name.';
COMMENT ON COLUMN trust_store.trust_store_id IS 'Key of the trust store.';
COMMENT ON COLUMN trust_store.name IS 'Its name with its date.';
COMMENT ON COLUMN trust_store.sha256 IS 'SHA-256 over the sorted SHA-256 values of its roots.';
COMMENT ON COLUMN trust_store.added_at IS 'When it was first judged with here.';

CREATE TABLE trust_store_root (
    trust_store_id bigint NOT NULL REFERENCES trust_store,
    sha256         bytea  NOT NULL,
    der            bytea  NOT NULL,

    CONSTRAINT trust_store_root_pkey PRIMARY KEY (trust_store_id, sha256)
);

COMMENT ON TABLE trust_store_root IS 'The roots of a trust store, kept so that its verdicts can be drawn again.';
COMMENT ON COLUMN trust_store_root.trust_store_id IS 'The trust store.';
COMMENT ON COLUMN trust_store_root.sha256 IS 'SHA-256 of the DER.';
COMMENT ON COLUMN trust_store_root.der IS 'The certificate.';

CREATE TABLE chain_verdict (
    chain_id            bigint      NOT NULL REFERENCES chain,
    trust_store_id      bigint      NOT NULL REFERENCES trust_store,
    method_version      text        NOT NULL,
    known_intermediates boolean     NOT NULL,
    holds_from          timestamptz NOT NULL,
    holds_until         timestamptz NOT NULL,
    chain               text        NOT NULL,
    chain_ok            boolean     NOT NULL,
    expired             boolean     NOT NULL,
    not_yet_valid       boolean     NOT NULL,
    self_signed         boolean     NOT NULL,
    weak_key            boolean     NOT NULL,
    weak_signature      boolean     NOT NULL,
    root                text,
    reasons             text[]      NOT NULL,

    CONSTRAINT chain_verdict_pkey PRIMARY KEY (chain_id, trust_store_id, method_version, known_intermediates, holds_from),
    CONSTRAINT chain_verdict_chain_known CHECK (chain IN (
        'malformed', 'none', 'invalid_ca', 'wrong_usage', 'name_constraint', 'self_signed', 'incomplete', 'untrusted_root',
        'not_yet_valid', 'expired', 'trusted')),
    CONSTRAINT chain_verdict_holds_for_a_while CHECK (holds_from < holds_until)
);

COMMENT ON TABLE chain_verdict IS 'What a chain is worth by one trust store and one version of the definitions: spans of time without a gap, for nothing but dates makes it change. A call''s verdict is the span that its time falls into.';
COMMENT ON COLUMN chain_verdict.chain_id IS 'The chain.';
COMMENT ON COLUMN chain_verdict.trust_store_id IS 'By whose roots.';
COMMENT ON COLUMN chain_verdict.method_version IS 'Version of the definitions by which it was judged.';
COMMENT ON COLUMN chain_verdict.known_intermediates IS 'False: by the certificates that the server sent. True: also by intermediates that other servers sent; only where that made a difference.';
COMMENT ON COLUMN chain_verdict.holds_from IS 'First moment of the span; -infinity of the first one.';
COMMENT ON COLUMN chain_verdict.holds_until IS 'First moment after the span; infinity of the last one.';
COMMENT ON COLUMN chain_verdict.chain IS 'One value by precedence.';
COMMENT ON COLUMN chain_verdict.chain_ok IS 'Whether a path to a root exists, apart from dates.';
COMMENT ON COLUMN chain_verdict.expired IS 'Whether any element of the path, the root too, had expired.';
COMMENT ON COLUMN chain_verdict.not_yet_valid IS 'Whether any element of the path was not valid yet.';
COMMENT ON COLUMN chain_verdict.self_signed IS 'Whether the server''s own certificate is self-signed.';
COMMENT ON COLUMN chain_verdict.weak_key IS 'Whether the server''s key, or a key of the path, is too short.';
COMMENT ON COLUMN chain_verdict.weak_signature IS 'Whether a signature of the path uses MD5 or SHA-1.';
COMMENT ON COLUMN chain_verdict.root IS 'Organisation of the root to which the path leads, as the trust store spells it; null if it leads to none.';
COMMENT ON COLUMN chain_verdict.reasons IS 'Why, in words of the census.';

ALTER TABLE server_verdict
    ADD COLUMN chain_with_known_intermediates text,
    ADD CONSTRAINT server_verdict_chain_with_known_intermediates_known CHECK (chain_with_known_intermediates IN (
        'malformed', 'none', 'invalid_ca', 'wrong_usage', 'name_constraint', 'self_signed', 'incomplete', 'untrusted_root',
        'not_yet_valid', 'expired', 'trusted'));

COMMENT ON COLUMN server_verdict.chain_with_known_intermediates IS
    'The value of chain if the intermediates that other servers sent are taken along: who fetches or remembers intermediates sees this one.';

ALTER TABLE domain_verdict ADD COLUMN name_match_domain boolean;

COMMENT ON COLUMN domain_verdict.name_match_domain IS
    'Whether the certificate of one of its best-preference servers names the domain itself (RFC 9525, dNSNames only); null where none showed one.';
