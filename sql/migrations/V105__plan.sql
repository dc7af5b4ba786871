-- V105: tonight's calls, and those that somebody asked for

CREATE FUNCTION charges_address(provider_source text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT provider_source IN ('pool', 'net')
$$;

COMMENT ON FUNCTION charges_address IS
    'Whether a refusal is charged to the address alone, by how its provider was decided: unrelated customers share a network or a pool.';

CREATE TABLE planned_call (
    night                  date             NOT NULL,
    endpoint_id            bigint           NOT NULL,
    position               integer          NOT NULL,
    address                inet             NOT NULL,
    prefix                 cidr             NOT NULL,
    provider               text COLLATE "C" NOT NULL,
    provider_source        text             NOT NULL,
    is_primary             boolean          NOT NULL,
    is_implicit            boolean          NOT NULL,
    not_attempted          text,
    detail                 text,
    donor_endpoint_id      bigint,
    provider_rules         text             NOT NULL,
    is_known               boolean          NOT NULL DEFAULT false,
    measured_within_nights integer          NOT NULL DEFAULT 1,
    old_version_question   text,
    domains                integer          NOT NULL DEFAULT 0,
    mail_sets              bigint[],
    starttls_refused_on    date,
    starttls_within_nights integer,

    CONSTRAINT planned_call_donor_where_inherited CHECK ((donor_endpoint_id IS NOT NULL) = (not_attempted IS NOT DISTINCT FROM 'inherited')),
    CONSTRAINT planned_call_rotates_over_nights CHECK (measured_within_nights >= 1),
    CONSTRAINT planned_call_old_version_question_known CHECK (
        old_version_question IN ('tls_1_0', 'tls_1_1', 'triple_des', 'rc4', 'static_rsa', 'anonymous', 'small_dh')
    ),
    CONSTRAINT planned_call_domains_not_negative CHECK (domains >= 0),
    CONSTRAINT planned_call_not_attempted_known CHECK (
        not_attempted IN ('special_address', 'no_ipv6', 'inherited', 'suspended', 'budget', 'window_end', 'opted_out')
    ),
    CONSTRAINT planned_call_source_known
        CHECK (provider_source IN ('override', 'pool', 'cname', 'psl', 'prefix', 'net')),
    CONSTRAINT planned_call_starttls_withheld_where_refused CHECK (
        starttls_within_nights IS NULL OR (starttls_within_nights >= 1 AND starttls_refused_on IS NOT NULL)
    ),
    CONSTRAINT planned_call_pkey PRIMARY KEY (night, endpoint_id)
) PARTITION BY RANGE (night);

COMMENT ON TABLE planned_call IS 'The endpoints of a night: whom to call, in which order, and whom not to call and why. By month, as permit is.';
COMMENT ON COLUMN planned_call.night IS 'The night.';
COMMENT ON COLUMN planned_call.endpoint_id IS 'The endpoint.';
COMMENT ON COLUMN planned_call.position IS 'Tonight''s order: a permutation that depends on the night only.';
COMMENT ON COLUMN planned_call.address IS 'The endpoint''s address, whose limits hold.';
COMMENT ON COLUMN planned_call.prefix IS 'The /24 or /48 of the address, whose limits hold.';
COMMENT ON COLUMN planned_call.provider IS 'Whoever would notice us; its limits hold. Fixed for the night.';
COMMENT ON COLUMN planned_call.provider_source IS
    'How the provider was decided: override (a line of the providers'' file), pool (a line of that file that names a suffix under which customers run servers of their own), cname (what an alias leads to), psl (registrable domain of the MX host), prefix (the host bears its only customer''s name; its neighbours in the prefix are this provider''s), net (the prefix itself).';
COMMENT ON COLUMN planned_call.is_primary IS 'Whether it is a best-preference MX of any domain. A backup waits for its primaries.';
COMMENT ON COLUMN planned_call.is_implicit IS 'Whether it is only an implicit MX: an address that may be no mail server at all.';
COMMENT ON COLUMN planned_call.not_attempted IS 'Why it is not called tonight: special_address, no_ipv6, inherited (another name of its address is called), suspended, budget, window_end, opted_out; null if it is called.';
COMMENT ON COLUMN planned_call.detail IS 'Why not, in words, where not_attempted alone does not tell: for special_address the block, for suspended and budget what holds us back. Null where it does.';
COMMENT ON COLUMN planned_call.donor_endpoint_id IS 'Where the address has more than 20 names: the sampled endpoint on the same address from which this one inherits what does not depend on the name. When the night is judged, one that was really called, where any was.';
COMMENT ON COLUMN planned_call.provider_rules IS 'Version of the providers'' file that was used.';
COMMENT ON COLUMN planned_call.is_known IS 'Whether its last look before tonight told whether it has STARTTLS: a good canary.';
COMMENT ON COLUMN planned_call.measured_within_nights IS 'Every how many nights it is called, where not everybody fits a night; 1: every night.';
COMMENT ON COLUMN planned_call.old_version_question IS 'What the old-version campaign asks this server tonight, in a call of its own after a handshake that finished; null if it is not in tonight''s sample.';
COMMENT ON COLUMN planned_call.domains IS 'How many domains of the night have it as a best-preference server.';
COMMENT ON COLUMN planned_call.mail_sets IS
    'Where refusals are charged to the address: the sets of MX records that the address was in that night, at most the first 100. Two addresses without a common set serve different mail domains. Null where refusals are charged to the provider.';
COMMENT ON COLUMN planned_call.starttls_refused_on IS 'The last night before this one on which STARTTLS was said at its address and refused for want of a certificate; null unless that was confirmed and still stands.';
COMMENT ON COLUMN planned_call.starttls_within_nights IS 'STARTTLS is said at its address once within so many nights, and not by this call tonight; null if it may be said.';

CREATE TABLE planned_precedence (
    night       date    NOT NULL,
    mx_set_id   bigint  NOT NULL,
    endpoint_id bigint  NOT NULL,
    is_best     boolean NOT NULL,

    CONSTRAINT planned_precedence_pkey PRIMARY KEY (night, mx_set_id, endpoint_id)
) PARTITION BY RANGE (night);

COMMENT ON TABLE planned_precedence IS 'Sets of MX records of a night''s plan that have backups: whom a backup waits for. Sets without a backup are not in it. By month, as permit is.';
COMMENT ON COLUMN planned_precedence.night IS 'The night.';
COMMENT ON COLUMN planned_precedence.mx_set_id IS 'A set of MX records in use that night.';
COMMENT ON COLUMN planned_precedence.endpoint_id IS 'A server of the set that was to be called when the plan was made.';
COMMENT ON COLUMN planned_precedence.is_best IS 'Whether it is a best-preference server of this set. False: a backup, which is a best-preference server of no set.';

CREATE TABLE asked_call (
    asked_call_id   bigint           GENERATED ALWAYS AS IDENTITY,
    night           date             NOT NULL REFERENCES night,
    endpoint_id     bigint           NOT NULL,
    provider        text COLLATE "C" NOT NULL,
    asked_at        timestamptz      NOT NULL,
    provider_source text             NOT NULL DEFAULT 'psl',

    CONSTRAINT asked_call_pkey PRIMARY KEY (asked_call_id),
    CONSTRAINT asked_call_once_a_night UNIQUE (night, endpoint_id),
    CONSTRAINT asked_call_source_known
        CHECK (provider_source IN ('override', 'pool', 'cname', 'psl', 'prefix', 'net'))
);

COMMENT ON TABLE asked_call IS 'Servers that somebody asked to be called now (census check) and that the night''s plan does not call. Their permits count in every limit of the night; what they show is told to whoever asked, and is in no published file.';
COMMENT ON COLUMN asked_call.asked_call_id IS 'The wish, in the order in which they came.';
COMMENT ON COLUMN asked_call.night IS 'The night in whose ledger the call stands: the last one opened when it was asked for.';
COMMENT ON COLUMN asked_call.endpoint_id IS 'Whom to call.';
COMMENT ON COLUMN asked_call.provider IS 'Whoever would notice us; its limits hold.';
COMMENT ON COLUMN asked_call.asked_at IS 'When it was asked for.';
COMMENT ON COLUMN asked_call.provider_source IS 'How the provider was decided, as in planned_call; by names alone.';
