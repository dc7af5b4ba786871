-- V004: tonight's calls, and the ledger of permits: the only truth about politeness within a night.

CREATE TABLE planned_call (
    night             date    NOT NULL REFERENCES night,
    endpoint_id       bigint  NOT NULL,
    position          integer NOT NULL,
    address           inet    NOT NULL,
    prefix            cidr    NOT NULL,
    provider          text    NOT NULL,
    provider_source   text    NOT NULL,
    is_primary        boolean NOT NULL,
    is_implicit       boolean NOT NULL,
    not_attempted     text,
    detail            text,
    donor_endpoint_id bigint,

    CONSTRAINT planned_call_pkey PRIMARY KEY (night, endpoint_id),
    CONSTRAINT planned_call_source_known CHECK (provider_source IN ('psl', 'net')),
    CONSTRAINT planned_call_not_attempted_known CHECK (
        not_attempted IN ('special_address', 'no_ipv6', 'inherited', 'suspended', 'budget', 'window_end')
    ),
    CONSTRAINT planned_call_donor_where_inherited CHECK ((donor_endpoint_id IS NOT NULL) = (not_attempted IS NOT DISTINCT FROM 'inherited'))
);

COMMENT ON TABLE planned_call IS 'The endpoints of a night: whom to call, in which order, and whom not to call and why.';
COMMENT ON COLUMN planned_call.night IS 'The night.';
COMMENT ON COLUMN planned_call.endpoint_id IS 'The endpoint.';
COMMENT ON COLUMN planned_call.position IS 'Tonight''s order: a permutation that depends on the night only.';
COMMENT ON COLUMN planned_call.address IS 'The endpoint''s address, whose limits hold.';
COMMENT ON COLUMN planned_call.prefix IS 'The /24 or /48 of the address, whose limits hold.';
COMMENT ON COLUMN planned_call.provider IS 'Whoever would notice us; its limits hold. Fixed for the night.';
COMMENT ON COLUMN planned_call.provider_source IS 'How the provider was decided: psl (registrable domain of the MX host) or net (the prefix).';
COMMENT ON COLUMN planned_call.is_primary IS 'Whether it is a best-preference MX of any domain. A backup waits for its primaries.';
COMMENT ON COLUMN planned_call.is_implicit IS 'Whether it is only an implicit MX: an address that may be no mail server at all.';
COMMENT ON COLUMN planned_call.not_attempted IS 'Why it is not called tonight; null if it is.';
COMMENT ON COLUMN planned_call.detail IS 'For special_address: the block; else null.';
COMMENT ON COLUMN planned_call.donor_endpoint_id IS 'Where the address has more than 20 names: the sampled endpoint on the same address from which this one inherits what does not depend on the name.';

CREATE TABLE permit (
    permit_id   bigint      GENERATED ALWAYS AS IDENTITY,
    night       date        NOT NULL REFERENCES night,
    epoch       integer     NOT NULL,
    endpoint_id bigint      NOT NULL,
    attempt     smallint    NOT NULL,
    patient     boolean     NOT NULL,
    start_at    timestamptz NOT NULL,
    dial_before timestamptz NOT NULL,
    started_at  timestamptz,
    ended_at    timestamptz,
    closed_at   timestamptz,
    signal      text,
    rule        text,
    retry_at    timestamptz,
    retry_patient boolean,

    CONSTRAINT permit_pkey PRIMARY KEY (permit_id),
    CONSTRAINT permit_attempt_once UNIQUE (night, endpoint_id, attempt),
    CONSTRAINT permit_attempt_positive CHECK (attempt > 0),
    CONSTRAINT permit_dial_before_after_start CHECK (dial_before > start_at),
    CONSTRAINT permit_retry_is_whole CHECK ((retry_at IS NULL) = (retry_patient IS NULL)),
    CONSTRAINT permit_closed_with_signal CHECK ((closed_at IS NULL) = (signal IS NULL)),
    CONSTRAINT permit_signal_known CHECK (signal IN (
        'ok', 'no_starttls', 'muted', 'stripped', 'blocked_reputation', 'blocked_suspected', 'rate_limited', 'greylisted',
        'temporary_unavailable', 'tls_unavailable', 'policy_requires_tls', 'not_smtp', 'other', 'not_dialled', 'abandoned'))
) WITH (fillfactor = 80);

CREATE INDEX permit_open ON permit (night) WHERE closed_at IS NULL;

COMMENT ON TABLE permit IS 'The contact ledger: the right to make one call, committed before its first packet. Serves politeness, crash safety and the published proof.';
COMMENT ON COLUMN permit.permit_id IS 'The contact.';
COMMENT ON COLUMN permit.night IS 'The night.';
COMMENT ON COLUMN permit.epoch IS 'The epoch of the process that chose it.';
COMMENT ON COLUMN permit.endpoint_id IS 'Who may be called; address, prefix and provider stand in planned_call.';
COMMENT ON COLUMN permit.attempt IS '1 for the night''s first permit for this endpoint.';
COMMENT ON COLUMN permit.patient IS 'Whether the call has the patient deadlines, after a tarpit or a greeting that came late.';
COMMENT ON COLUMN permit.start_at IS 'Not dialled before.';
COMMENT ON COLUMN permit.dial_before IS 'Not dialled after: a permit that is late lapses.';
COMMENT ON COLUMN permit.started_at IS 'When the first packet was sent; null until known, and for ever if it never was.';
COMMENT ON COLUMN permit.ended_at IS 'When the call ended.';
COMMENT ON COLUMN permit.closed_at IS 'When its result was stored; null while it is open.';
COMMENT ON COLUMN permit.signal IS 'What the call means for our welcome: a reply class, not_dialled (it lapsed unused), or abandoned (its process died; it may have been dialled).';
COMMENT ON COLUMN permit.rule IS 'The rule that gave the class.';
COMMENT ON COLUMN permit.retry_at IS 'When the endpoint is due again tonight, as decided when the call ended; null if it is not.';
COMMENT ON COLUMN permit.retry_patient IS 'Whether that attempt has the patient deadlines.';
