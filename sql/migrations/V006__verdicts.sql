-- V006: verdicts. What is concluded from the facts of a night; recomputed without sending a packet.

CREATE TABLE server_verdict (
    night            date        NOT NULL,
    endpoint_id      bigint      NOT NULL,
    outcome          text        NOT NULL,
    starttls         boolean,
    usable           boolean,
    reply_code       smallint,
    enhanced_code    text,
    tls_profile_id   bigint,
    leaf_sha256      bytea,
    chain            text,
    chain_ok         boolean,
    expired          boolean,
    not_yet_valid    boolean,
    self_signed      boolean,
    weak_key         boolean,
    weak_signature   boolean,
    name             text,
    attempts         smallint    NOT NULL,
    observed_at      timestamptz,
    inherited_from   text,
    detail           text,
    flags            text[]      NOT NULL,
    method_version   text        NOT NULL,

    CONSTRAINT server_verdict_pkey PRIMARY KEY (night, endpoint_id),
    CONSTRAINT server_verdict_outcome_known CHECK (outcome IN (
        'starttls_ok', 'client_cert_required', 'tls_failed', 'tls_unavailable', 'starttls_refused', 'policy_requires_tls',
        'no_starttls', 'no_starttls_unconfirmed', 'starttls_stripped', 'injection_suspect',
        'blocked', 'blocked_suspected', 'rate_limited', 'greylisted', 'tarpitted', 'temp_unavailable',
        'unreachable_refused', 'unreachable_no_route', 'unreachable_timeout', 'unreachable_reset',
        'closed_early', 'protocol_error', 'not_smtp', 'no_mail_521',
        'not_attempted_special_address', 'not_attempted_no_ipv6', 'not_attempted_suspended', 'not_attempted_budget',
        'not_attempted_window_end', 'not_attempted_inherited', 'not_attempted_opted_out',
        'local_error', 'self_inflicted')),
    CONSTRAINT server_verdict_only_no_starttls_is_false CHECK (
        starttls IS DISTINCT FROM false OR outcome IN ('no_starttls', 'not_attempted_inherited')
    ),
    CONSTRAINT server_verdict_chain_known CHECK (chain IN (
        'malformed', 'none', 'invalid_ca', 'wrong_usage', 'name_constraint', 'self_signed', 'incomplete', 'untrusted_root',
        'not_yet_valid', 'expired', 'trusted')),
    CONSTRAINT server_verdict_name_known CHECK (name IN ('match', 'mismatch', 'cn_only')),
    CONSTRAINT server_verdict_donor_where_inherited CHECK ((inherited_from IS NOT NULL) = (outcome = 'not_attempted_inherited'))
) PARTITION BY RANGE (night);

COMMENT ON TABLE server_verdict IS 'What is concluded about one endpoint from one night. starttls is three-valued: null means unknown, and a block is always unknown.';
COMMENT ON COLUMN server_verdict.night IS 'The night.';
COMMENT ON COLUMN server_verdict.endpoint_id IS 'The mail server: (mx_host, address).';
COMMENT ON COLUMN server_verdict.outcome IS 'What the night''s attempts add up to; see the codebook.';
COMMENT ON COLUMN server_verdict.starttls IS 'true, false, or null for unknown. Only no_starttls is false (and whoever inherits it).';
COMMENT ON COLUMN server_verdict.usable IS 'Whether mail could be sent over TLS without a client certificate; null where nothing is known.';
COMMENT ON COLUMN server_verdict.reply_code IS 'Code of the reply that decided the outcome; null if none did.';
COMMENT ON COLUMN server_verdict.enhanced_code IS 'Its enhanced status code (RFC 3463).';
COMMENT ON COLUMN server_verdict.tls_profile_id IS 'What the handshake showed.';
COMMENT ON COLUMN server_verdict.leaf_sha256 IS 'SHA-256 of the server''s own certificate.';
COMMENT ON COLUMN server_verdict.chain IS 'One value by precedence, judged by the night''s trust store at observed_at.';
COMMENT ON COLUMN server_verdict.chain_ok IS 'Whether a path to an anchor exists, apart from dates.';
COMMENT ON COLUMN server_verdict.expired IS 'Whether any element of the path, the anchor too, had expired.';
COMMENT ON COLUMN server_verdict.not_yet_valid IS 'Whether any element of the path was not valid yet.';
COMMENT ON COLUMN server_verdict.self_signed IS 'Whether the server''s own certificate is self-signed.';
COMMENT ON COLUMN server_verdict.weak_key IS 'Whether the server''s key, or a key of the path, is too short.';
COMMENT ON COLUMN server_verdict.weak_signature IS 'Whether a signature of the path uses MD5 or SHA-1.';
COMMENT ON COLUMN server_verdict.name IS 'The certificate''s dNSNames against mx_host (RFC 9525); cn_only: no dNSName, but the common name would match.';
COMMENT ON COLUMN server_verdict.attempts IS 'Calls made at this endpoint tonight.';
COMMENT ON COLUMN server_verdict.observed_at IS 'When the deciding call started; null if there was none.';
COMMENT ON COLUMN server_verdict.inherited_from IS 'mx_host of the donor on the same address.';
COMMENT ON COLUMN server_verdict.detail IS 'Closer detail of the outcome; our words.';
COMMENT ON COLUMN server_verdict.flags IS 'Circumstances that do not change the outcome, for example unadvertised.';
COMMENT ON COLUMN server_verdict.method_version IS 'Version of the definitions by which it was judged.';

CREATE TABLE domain_verdict (
    night                  date    NOT NULL,
    domain_id              bigint  NOT NULL,
    rank                   integer,
    route                  text    NOT NULL,
    provider               text,
    mx_hosts               integer NOT NULL,
    starttls_any           boolean,
    starttls_primary       boolean,
    starttls_all_reachable boolean,
    observed_at            timestamptz,
    measured               text    NOT NULL,
    truncated              boolean NOT NULL,
    mixed_provider         boolean NOT NULL,
    method_version         text    NOT NULL,

    CONSTRAINT domain_verdict_pkey PRIMARY KEY (night, domain_id),
    CONSTRAINT domain_verdict_route_known CHECK (route IN (
        'mx', 'implicit_mx', 'null_mx', 'no_mail', 'nxdomain', 'dns_servfail', 'dns_timeout', 'dns_bogus',
        'mx_unresolvable', 'mx_invalid')),
    CONSTRAINT domain_verdict_measured_known CHECK (measured IN ('own', 'inherited', 'none'))
) PARTITION BY RANGE (night);

COMMENT ON TABLE domain_verdict IS 'What is concluded about one listed domain from one night: three roll-ups over its mail servers.';
COMMENT ON COLUMN domain_verdict.night IS 'The night.';
COMMENT ON COLUMN domain_verdict.domain_id IS 'The domain.';
COMMENT ON COLUMN domain_verdict.rank IS 'Best rank in any list of the night; null where no list ranks it.';
COMMENT ON COLUMN domain_verdict.route IS 'Where its mail goes, or how asking failed.';
COMMENT ON COLUMN domain_verdict.provider IS 'Provider of its best-preference MX; the first by name where these differ.';
COMMENT ON COLUMN domain_verdict.mx_hosts IS 'Number of its usable MX hosts, before caps.';
COMMENT ON COLUMN domain_verdict.starttls_any IS 'True if any MX host is true, false if at least one is false and none true, else null.';
COMMENT ON COLUMN domain_verdict.starttls_primary IS 'The same over the best-preference MX hosts.';
COMMENT ON COLUMN domain_verdict.starttls_all_reachable IS 'True if all conclusive MX hosts are true, false if one is false, null if none is conclusive.';
COMMENT ON COLUMN domain_verdict.observed_at IS 'When the last of its servers was observed tonight.';
COMMENT ON COLUMN domain_verdict.measured IS 'own: one of its servers was called by its own name tonight; inherited: only through another name on the same address; none.';
COMMENT ON COLUMN domain_verdict.truncated IS 'Whether a cap of 10 MX hosts, 4 addresses or 20 endpoints left some of its servers out.';
COMMENT ON COLUMN domain_verdict.mixed_provider IS 'Whether its MX hosts belong to more than one provider.';
COMMENT ON COLUMN domain_verdict.method_version IS 'Version of the definitions by which it was judged.';

CREATE FUNCTION open_partitions(for_night date) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['observation', 'server_verdict', 'domain_verdict'] LOOP
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS census.%I PARTITION OF census.%I FOR VALUES FROM (%L) TO (%L)',
            parent || to_char(for_night, '"_"YYYY"_"MM'),
            parent,
            date_trunc('month', for_night)::date,
            (date_trunc('month', for_night) + interval '1 month')::date);
    END LOOP;
END
$$;

COMMENT ON FUNCTION open_partitions IS 'Makes the monthly partitions that a night writes to, where they are missing.';
