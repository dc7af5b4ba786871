-- V112: what is concluded about the servers of each night, by each version

CREATE TABLE server_night (
    observed_at timestamptz,
    endpoint_id integer     NOT NULL,
    night       date        NOT NULL,
    state_id    integer     NOT NULL,
    attempts    smallint    NOT NULL,

    CONSTRAINT server_night_pkey PRIMARY KEY (endpoint_id, night)
) PARTITION BY RANGE (night);

-- A server's history is a range of the key; a whole night lies together on the disk, because it is filed at once.
CREATE INDEX server_night_by_night ON server_night USING brin (night);

COMMENT ON TABLE server_night IS 'The servers of each night as they were published: one row per server of the plan. Kept for ever. View server_verdict has it with all its words.';
COMMENT ON COLUMN server_night.observed_at IS 'When the deciding call started; null if there was none.';
COMMENT ON COLUMN server_night.endpoint_id IS 'The mail server: (mx_host, address).';
COMMENT ON COLUMN server_night.night IS 'The night.';
COMMENT ON COLUMN server_night.state_id IS 'What is concluded about it.';
COMMENT ON COLUMN server_night.attempts IS 'Calls made at this endpoint in this night.';

CREATE TABLE server_revision (
    observed_at    timestamptz,
    night          date        NOT NULL,
    endpoint_id    integer     NOT NULL,
    state_id       integer     NOT NULL REFERENCES server_state,
    attempts       smallint    NOT NULL,
    method_version text        COLLATE "C" NOT NULL,

    CONSTRAINT server_revision_pkey PRIMARY KEY (night, method_version, endpoint_id),
    CONSTRAINT server_revision_of_a_version FOREIGN KEY (night, method_version) REFERENCES night_version
);

COMMENT ON TABLE server_revision IS 'Where a later version of the definitions comes to another verdict on a server than the one that was published. No row: the same as published. Kept for ever.';
COMMENT ON COLUMN server_revision.observed_at IS 'When the call started that decides by this version; null if there was none.';
COMMENT ON COLUMN server_revision.night IS 'The night.';
COMMENT ON COLUMN server_revision.endpoint_id IS 'The mail server.';
COMMENT ON COLUMN server_revision.state_id IS 'What is concluded about it by this version.';
COMMENT ON COLUMN server_revision.attempts IS 'Calls made at this endpoint in this night.';
COMMENT ON COLUMN server_revision.method_version IS 'The later version.';

CREATE TABLE assessed_server (
    night                          date        NOT NULL,
    endpoint_id                    integer     NOT NULL,
    attempts                       smallint    NOT NULL,
    observed_at                    timestamptz,
    method_version                 text        COLLATE "C" NOT NULL,
    tls_profile_id                 bigint,
    reply_code                     smallint,
    starttls                       boolean,
    usable                         boolean,
    chain_ok                       boolean,
    expired                        boolean,
    not_yet_valid                  boolean,
    self_signed                    boolean,
    weak_key                       boolean,
    weak_signature                 boolean,
    revoked                        boolean,
    leaf_sha256                    bytea,
    outcome                        text        COLLATE "C" NOT NULL,
    enhanced_code                  text        COLLATE "C",
    chain                          text        COLLATE "C",
    chain_with_known_intermediates text        COLLATE "C",
    name_match                     text        COLLATE "C",
    inherited_from                 text        COLLATE "C",
    detail                         text        COLLATE "C",
    flags                          text[]      NOT NULL,

    CONSTRAINT assessed_server_pkey PRIMARY KEY (night, endpoint_id)
);

COMMENT ON TABLE assessed_server IS 'The verdicts on servers of a night that is being judged, page by page. When they are complete they are filed: in server_night, or in server_revision. Then they are gone from here.';
COMMENT ON COLUMN assessed_server.night IS 'The night.';
COMMENT ON COLUMN assessed_server.endpoint_id IS 'The mail server.';
COMMENT ON COLUMN assessed_server.attempts IS 'Calls made at this endpoint in this night.';
COMMENT ON COLUMN assessed_server.observed_at IS 'When the deciding call started; null if there was none.';
COMMENT ON COLUMN assessed_server.method_version IS 'Version of the definitions by which it was judged.';
COMMENT ON COLUMN assessed_server.tls_profile_id IS 'What the handshake showed; if none finished, what the latest had shown before it broke.';
COMMENT ON COLUMN assessed_server.reply_code IS 'Code of the reply that decided the outcome; null if none did.';
COMMENT ON COLUMN assessed_server.starttls IS 'true, false, or null for unknown. Only no_starttls is false (and whoever inherits it).';
COMMENT ON COLUMN assessed_server.usable IS 'Whether mail could be sent over TLS without a client certificate; null where nothing is known.';
COMMENT ON COLUMN assessed_server.chain_ok IS 'Whether a path to an anchor exists, apart from dates.';
COMMENT ON COLUMN assessed_server.expired IS 'Whether any element of the path, the anchor too, had expired.';
COMMENT ON COLUMN assessed_server.not_yet_valid IS 'Whether any element of the path was not valid yet.';
COMMENT ON COLUMN assessed_server.self_signed IS 'Whether the server''s own certificate is self-signed.';
COMMENT ON COLUMN assessed_server.weak_key IS 'Whether the server''s key, or a key of the path, is too short.';
COMMENT ON COLUMN assessed_server.weak_signature IS 'Whether a signature of the path uses MD5 or SHA-1.';
COMMENT ON COLUMN assessed_server.revoked IS 'Whether the server''s own certificate was revoked at the time of the call, by the OCSP response that it stapled; null: unknown, also where that cannot be read or verified, is stale or of another certificate.';
COMMENT ON COLUMN assessed_server.leaf_sha256 IS 'SHA-256 of the server''s own certificate.';
COMMENT ON COLUMN assessed_server.outcome IS 'What a night''s attempts add up to; see the codebook.';
COMMENT ON COLUMN assessed_server.enhanced_code IS 'Enhanced status code (RFC 3463) of the reply that decided the outcome.';
COMMENT ON COLUMN assessed_server.chain IS 'One value by precedence, judged by the night''s trust store at the time of the call.';
COMMENT ON COLUMN assessed_server.chain_with_known_intermediates IS 'The value of chain if the intermediates that other servers sent are taken along: who fetches or remembers intermediates sees this one.';
COMMENT ON COLUMN assessed_server.name_match IS 'The certificate''s dNSNames against mx_host (RFC 9525); cn_only: no dNSName, but the common name would match.';
COMMENT ON COLUMN assessed_server.inherited_from IS 'mx_host of the donor on the same address.';
COMMENT ON COLUMN assessed_server.detail IS 'Closer detail of the outcome; our words.';
COMMENT ON COLUMN assessed_server.flags IS 'Circumstances that do not change the outcome, for example unadvertised.';

-- The sample of the old-version campaign and its answers outlive the plan, whose months are dropped.
CREATE TABLE old_version_answer (
    night       date   NOT NULL REFERENCES night,
    endpoint_id bigint NOT NULL,
    question    text   NOT NULL,
    answer      text   NOT NULL,

    CONSTRAINT old_version_answer_pkey PRIMARY KEY (night, endpoint_id),
    CONSTRAINT old_version_answer_question_known CHECK (
        question IN ('tls_1_0', 'tls_1_1', 'triple_des', 'rc4', 'static_rsa', 'anonymous', 'small_dh')
    ),
    CONSTRAINT old_version_answer_known CHECK (answer IN ('accepted', 'refused', 'unknown'))
);

COMMENT ON TABLE old_version_answer IS 'The servers with a finished handshake that the old-version campaign was to ask in a night, and what each answered: a thousand a night at most. Kept for ever.';
COMMENT ON COLUMN old_version_answer.night IS 'The night.';
COMMENT ON COLUMN old_version_answer.endpoint_id IS 'Who was to be asked.';
COMMENT ON COLUMN old_version_answer.question IS 'What was asked.';
COMMENT ON COLUMN old_version_answer.answer IS 'accepted, refused or unknown; see pub.old_version_answer.';
