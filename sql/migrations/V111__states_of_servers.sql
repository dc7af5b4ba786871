-- V111: what can be concluded about a server, each state once

CREATE FUNCTION server_state_sha256(
    outcome text, starttls boolean, usable boolean, reply_code smallint, enhanced_code text, tls_profile_id bigint,
    leaf_sha256 bytea, chain text, chain_with_known_intermediates text, chain_ok boolean, expired boolean,
    not_yet_valid boolean, self_signed boolean, weak_key boolean, weak_signature boolean, revoked boolean,
    name_match text, inherited_from text, detail text, flags text[], provider text, provider_source text,
    is_implicit boolean, measured_within_nights integer
) RETURNS bytea
    LANGUAGE sql
    STABLE PARALLEL SAFE
    RETURN sha256(convert_to(
        ROW(outcome, starttls, usable, reply_code, enhanced_code, tls_profile_id, encode(leaf_sha256, 'hex'), chain,
            chain_with_known_intermediates, chain_ok, expired, not_yet_valid, self_signed, weak_key, weak_signature,
            revoked, name_match, inherited_from, detail, flags, provider, provider_source, is_implicit,
            measured_within_nights)::text,
        'UTF8'));

COMMENT ON FUNCTION server_state_sha256 IS 'The key of table server_state: SHA-256 of its columns as PostgreSQL writes a row. There a null is nothing, an empty text is "", and whatever could be taken for a border is quoted, so that no two states are written alike.';

CREATE TABLE server_state (
    sha256                         bytea    NOT NULL,
    tls_profile_id                 bigint,
    state_id                       integer  GENERATED ALWAYS AS IDENTITY,
    measured_within_nights         integer  NOT NULL,
    reply_code                     smallint,
    is_implicit                    boolean  NOT NULL,
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
    outcome                        text     COLLATE "C" NOT NULL,
    enhanced_code                  text     COLLATE "C",
    chain                          text     COLLATE "C",
    chain_with_known_intermediates text     COLLATE "C",
    name_match                     text     COLLATE "C",
    inherited_from                 text     COLLATE "C",
    detail                         text     COLLATE "C",
    flags                          text[]   NOT NULL,
    provider                       text     COLLATE "C" NOT NULL,
    provider_source                text     COLLATE "C" NOT NULL,

    CONSTRAINT server_state_pkey PRIMARY KEY (state_id),
    CONSTRAINT server_state_once UNIQUE (sha256),
    CONSTRAINT server_state_sha256_is_of_it CHECK (sha256 = server_state_sha256(
        outcome, starttls, usable, reply_code, enhanced_code, tls_profile_id, leaf_sha256, chain,
        chain_with_known_intermediates, chain_ok, expired, not_yet_valid, self_signed, weak_key, weak_signature, revoked,
        name_match, inherited_from, detail, flags, provider, provider_source, is_implicit, measured_within_nights)),
    CONSTRAINT server_state_outcome_known CHECK (outcome IN (
        'starttls_ok', 'client_cert_required', 'tls_failed', 'tls_unavailable', 'starttls_refused', 'policy_requires_tls',
        'no_starttls', 'no_starttls_unconfirmed', 'starttls_stripped', 'injection_suspect',
        'blocked', 'blocked_suspected', 'rate_limited', 'greylisted', 'tarpitted', 'temp_unavailable',
        'unreachable_refused', 'unreachable_no_route', 'unreachable_timeout', 'unreachable_reset',
        'closed_early', 'protocol_error', 'not_smtp', 'no_mail_521',
        'not_attempted_special_address', 'not_attempted_no_ipv6', 'not_attempted_suspended', 'not_attempted_budget',
        'not_attempted_window_end', 'not_attempted_inherited', 'not_attempted_opted_out',
        'local_error', 'self_inflicted')),
    CONSTRAINT server_state_only_no_starttls_is_false CHECK (
        starttls IS DISTINCT FROM false OR outcome IN ('no_starttls', 'not_attempted_inherited')
    ),
    CONSTRAINT server_state_chain_known CHECK (chain IN (
        'malformed', 'none', 'invalid_ca', 'wrong_usage', 'name_constraint', 'self_signed', 'incomplete', 'untrusted_root',
        'not_yet_valid', 'expired', 'trusted')),
    CONSTRAINT server_state_chain_with_known_intermediates_known CHECK (chain_with_known_intermediates IN (
        'malformed', 'none', 'invalid_ca', 'wrong_usage', 'name_constraint', 'self_signed', 'incomplete', 'untrusted_root',
        'not_yet_valid', 'expired', 'trusted')),
    CONSTRAINT server_state_name_match_known CHECK (name_match IN ('match', 'mismatch', 'cn_only')),
    CONSTRAINT server_state_source_known CHECK (provider_source IN ('override', 'pool', 'cname', 'psl', 'prefix', 'net')),
    CONSTRAINT server_state_rotates_over_nights CHECK (measured_within_nights >= 1),
    CONSTRAINT server_state_donor_where_inherited CHECK (
        (inherited_from IS NOT NULL) = (outcome = 'not_attempted_inherited')
    )
);

COMMENT ON TABLE server_state IS 'What may be concluded about a mail server, stored once for all the servers and nights of which it is the same. starttls is three-valued: null means unknown, and a block is always unknown. Kept for ever.';
COMMENT ON COLUMN server_state.sha256 IS 'The key by which equal states are one: see server_state_sha256.';
COMMENT ON COLUMN server_state.tls_profile_id IS 'What the handshake showed; if none finished, what the latest had shown before it broke.';
COMMENT ON COLUMN server_state.state_id IS 'Its number.';
COMMENT ON COLUMN server_state.measured_within_nights IS 'Every how many nights the server is called; 1: every night. With the flag not_asked: within how many nights STARTTLS is said to it.';
COMMENT ON COLUMN server_state.reply_code IS 'Code of the reply that decided the outcome; null if none did.';
COMMENT ON COLUMN server_state.is_implicit IS 'Whether it is only an implicit MX: an address that may be no mail server at all.';
COMMENT ON COLUMN server_state.starttls IS 'true, false, or null for unknown. Only no_starttls is false (and whoever inherits it).';
COMMENT ON COLUMN server_state.usable IS 'Whether mail could be sent over TLS without a client certificate; null where nothing is known.';
COMMENT ON COLUMN server_state.chain_ok IS 'Whether a path to an anchor exists, apart from dates.';
COMMENT ON COLUMN server_state.expired IS 'Whether any element of the path, the anchor too, had expired.';
COMMENT ON COLUMN server_state.not_yet_valid IS 'Whether any element of the path was not valid yet.';
COMMENT ON COLUMN server_state.self_signed IS 'Whether the server''s own certificate is self-signed.';
COMMENT ON COLUMN server_state.weak_key IS 'Whether the server''s key, or a key of the path, is too short.';
COMMENT ON COLUMN server_state.weak_signature IS 'Whether a signature of the path uses MD5 or SHA-1.';
COMMENT ON COLUMN server_state.revoked IS 'Whether the server''s own certificate was revoked at the time of the call, by the OCSP response that it stapled; null: unknown, also where that cannot be read or verified, is stale or of another certificate.';
COMMENT ON COLUMN server_state.leaf_sha256 IS 'SHA-256 of the server''s own certificate.';
COMMENT ON COLUMN server_state.outcome IS 'What a night''s attempts add up to; see the codebook.';
COMMENT ON COLUMN server_state.enhanced_code IS 'Enhanced status code (RFC 3463) of the reply that decided the outcome.';
COMMENT ON COLUMN server_state.chain IS 'One value by precedence, judged by the night''s trust store at the time of the call.';
COMMENT ON COLUMN server_state.chain_with_known_intermediates IS 'The value of chain if the intermediates that other servers sent are taken along: who fetches or remembers intermediates sees this one.';
COMMENT ON COLUMN server_state.name_match IS 'The certificate''s dNSNames against mx_host (RFC 9525); cn_only: no dNSName, but the common name would match.';
COMMENT ON COLUMN server_state.inherited_from IS 'mx_host of the donor on the same address.';
COMMENT ON COLUMN server_state.detail IS 'Closer detail of the outcome; our words.';
COMMENT ON COLUMN server_state.flags IS 'Circumstances that do not change the outcome, for example unadvertised.';
COMMENT ON COLUMN server_state.provider IS 'The provider that the server counts for, as the night''s plan decided it.';
COMMENT ON COLUMN server_state.provider_source IS 'How the provider was decided: override, pool, cname, psl, prefix or net, as in planned_call.';
