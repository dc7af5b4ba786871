-- V108: the roots by which chains are judged, and what each chain is worth by them

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

CREATE TABLE trust_store_choice (
    trust_store_choice_id bigint      GENERATED ALWAYS AS IDENTITY,
    trust_store_id        bigint      NOT NULL REFERENCES trust_store,
    source                text        NOT NULL,
    chosen_at             timestamptz NOT NULL,

    CONSTRAINT trust_store_choice_pkey PRIMARY KEY (trust_store_choice_id),
    CONSTRAINT trust_store_choice_source_short CHECK (octet_length(source) BETWEEN 1 AND 1024)
);

COMMENT ON TABLE trust_store_choice IS 'The roots that the operator brought for later nights (census trust-store update). The latest row counts whose date is not later than the night, unless the settings name a trust store or the program ships a newer one.';
COMMENT ON COLUMN trust_store_choice.trust_store_choice_id IS 'Key; ascending in the order of the choices.';
COMMENT ON COLUMN trust_store_choice.trust_store_id IS 'The trust store that was chosen.';
COMMENT ON COLUMN trust_store_choice.source IS 'The name of the file that it was read from.';
COMMENT ON COLUMN trust_store_choice.chosen_at IS 'When it was chosen.';

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

CREATE TABLE reassessment (
    reassessment_id bigint      GENERATED ALWAYS AS IDENTITY,
    since           date        NOT NULL,
    trust_store_id  bigint      NOT NULL REFERENCES trust_store,
    method_version  text        NOT NULL,
    started_at      timestamptz NOT NULL,
    judged_up_to    bigint      NOT NULL DEFAULT 0,
    chains          bigint      NOT NULL DEFAULT 0,
    changed         bigint      NOT NULL DEFAULT 0,
    completed_at    timestamptz,

    CONSTRAINT reassessment_pkey PRIMARY KEY (reassessment_id)
);

CREATE UNIQUE INDEX reassessment_one_unfinished ON reassessment (since, trust_store_id, method_version) WHERE completed_at IS NULL;

COMMENT ON TABLE reassessment IS 'Every time that the chains of past nights were judged again, and how far that has come.';
COMMENT ON COLUMN reassessment.reassessment_id IS 'Key of the reassessment.';
COMMENT ON COLUMN reassessment.since IS 'Chains that were seen in this night or later are judged.';
COMMENT ON COLUMN reassessment.trust_store_id IS 'By whose roots.';
COMMENT ON COLUMN reassessment.method_version IS 'Version of the definitions by which they are judged.';
COMMENT ON COLUMN reassessment.started_at IS 'When it was first started.';
COMMENT ON COLUMN reassessment.judged_up_to IS 'The last chain judged: they are taken by id.';
COMMENT ON COLUMN reassessment.chains IS 'Chains judged so far.';
COMMENT ON COLUMN reassessment.changed IS 'Those of them that came out otherwise than before by the same version of the definitions.';
COMMENT ON COLUMN reassessment.completed_at IS 'When it was complete; null while it is not.';
