-- V106: the ledger of permits: the only truth about politeness within a night

-- A sequence of its own: PostgreSQL 15 and 16 have no identity column in a partitioned table.
CREATE SEQUENCE permit_id_seq AS bigint;
COMMENT ON SEQUENCE permit_id_seq IS 'Numbers of permits: one row of numbers over all months.';

-- No reference to night: dropping a month would lock table night against every reader of it. The permit of a night that has no row is
-- impossible all the same, because permit/commit takes the night from that row.
CREATE TABLE permit (
    permit_id      bigint      DEFAULT nextval('census.permit_id_seq'),
    night          date        NOT NULL,
    epoch          integer     NOT NULL,
    endpoint_id    bigint      NOT NULL,
    attempt        smallint    NOT NULL,
    patient        boolean     NOT NULL,
    start_at       timestamptz NOT NULL,
    dial_before    timestamptz NOT NULL,
    started_at     timestamptz,
    ended_at       timestamptz,
    closed_at      timestamptz,
    signal         text,
    rule           text,
    retry_at       timestamptz,
    retry_patient  boolean,
    reception      text,
    naming         text,
    stay_away_s    integer,
    question       text        NOT NULL DEFAULT 'standard',
    retry_question text,
    source         inet,
    kind           text        NOT NULL DEFAULT 'mail_server',
    retry_kind     text,
    stay_away_said text,

    CONSTRAINT permit_attempt_positive CHECK (attempt > 0),
    CONSTRAINT permit_dial_before_after_start CHECK (dial_before > start_at),
    CONSTRAINT permit_retry_is_whole CHECK ((retry_at IS NULL) = (retry_patient IS NULL)),
    CONSTRAINT permit_closed_with_signal CHECK ((closed_at IS NULL) = (signal IS NULL)),
    CONSTRAINT permit_signal_known CHECK (signal IN (
        'ok', 'no_starttls', 'muted', 'stripped', 'blocked_reputation', 'blocked_suspected', 'rate_limited', 'greylisted',
        'temporary_unavailable', 'tls_unavailable', 'policy_requires_tls', 'not_smtp', 'other', 'not_dialled', 'abandoned')),
    CONSTRAINT permit_naming_where_received CHECK ((reception IS NULL) = (naming IS NULL)),
    CONSTRAINT permit_stay_away_where_received CHECK (stay_away_s IS NULL OR (reception IS NOT NULL AND stay_away_s >= 0)),
    CONSTRAINT permit_ended_where_reported
        CHECK ((ended_at IS NOT NULL) = (coalesce(signal, 'not_dialled') NOT IN ('not_dialled', 'abandoned'))),
    CONSTRAINT permit_kind_known CHECK (kind IN ('mail_server', 'policy_host', 'old_version')),
    CONSTRAINT permit_retry_kind_known CHECK (retry_kind IN ('retry', 'confirmation', 'old_version')),
    CONSTRAINT permit_retry_says_what_it_is CHECK ((retry_at IS NULL) = (retry_kind IS NULL)),
    CONSTRAINT permit_reception_known CHECK (reception IN (
        'welcomed', 'rate_limited', 'overloaded', 'temporary', 'greylisted', 'blocked', 'suspected', 'unreachable', 'tarpitted',
        'handshake_failed', 'self_inflicted', 'injected', 'local_error', 'no_route_here', 'neutral')),
    CONSTRAINT permit_naming_known CHECK (naming IN ('nobody', 'us', 'our_range', 'a_list')),
    CONSTRAINT permit_question_known CHECK (
        question IN ('standard', 'small_hello', 'anonymous_too', 'no_server_name', 'one_starttls', 'ehlo_only',
                     'tls_1_0', 'tls_1_1', 'triple_des', 'rc4', 'static_rsa', 'anonymous', 'small_dh')
    ),
    CONSTRAINT permit_words_name_a_wait
        CHECK (stay_away_said IS NULL OR (stay_away_s IS NOT NULL AND char_length(stay_away_said) BETWEEN 1 AND 400)),
    CONSTRAINT permit_pkey PRIMARY KEY (night, permit_id),
    CONSTRAINT permit_attempt_once UNIQUE (night, endpoint_id, attempt)
) PARTITION BY RANGE (night);

ALTER SEQUENCE permit_id_seq OWNED BY permit.permit_id;

CREATE INDEX permit_open ON permit (night) WHERE closed_at IS NULL;

-- Refusals by time, a few in a hundred permits.
CREATE INDEX permit_refused ON permit (started_at)
    WHERE signal IN ('blocked_reputation', 'blocked_suspected', 'muted', 'rate_limited', 'greylisted');

-- The old-version campaign's calls, at most a sample a night.
CREATE INDEX permit_not_standard ON permit (endpoint_id, night) WHERE question <> 'standard';

-- Permits are added in the order of start_at, so blocks of a month are ranges of it: this index takes some kilobytes a night.
CREATE INDEX permit_by_start ON permit USING brin (start_at) WITH (pages_per_range = 32);

-- Few replies name more than eight hours. Each night reads those of the last two weeks.
CREATE INDEX permit_long_wait ON permit (ended_at) WHERE stay_away_s > 28800;

COMMENT ON TABLE permit IS 'The contact ledger: the right to make one call, committed before its first packet. Serves politeness, crash safety and the published proof. By month; census prune drops old months.';
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
COMMENT ON COLUMN permit.reception IS 'How the call was received, as far as it moves the pace of its provider: a row of the table of signals. Null unless it was made.';
COMMENT ON COLUMN permit.naming IS
    'Whom the text of a refusal names: nobody (or somebody else), us (our address), our_range (a range of addresses that contains ours), a_list (a public list that carries our address).';
COMMENT ON COLUMN permit.stay_away_s IS 'How long the peer asked us to stay away, in seconds from the end of the call, at most 14 days; null if it did not.';
COMMENT ON COLUMN permit.question IS 'What the call asks: standard; small_hello (the same without the groups of ML-KEM), anonymous_too (that, and suites without a certificate) or no_server_name (standard without SNI), after a handshake that broke; one_starttls (standard, and no second look at a refused STARTTLS) or ehlo_only (what EHLO says, without STARTTLS), where STARTTLS is refused for want of a certificate; or a question of the old-version campaign.';
COMMENT ON COLUMN permit.retry_question IS 'What the next attempt asks; null if there is none, or it asks the standard question.';
COMMENT ON COLUMN permit.source IS 'Our address that the call may be made from; null where this machine chooses it.';
COMMENT ON COLUMN permit.kind IS 'What is called: mail_server, policy_host (HTTPS, for an MTA-STS policy; not in use yet), or old_version (a mail server, with a question of the old-version campaign).';
COMMENT ON COLUMN permit.retry_kind IS 'What the next attempt is: retry (this one came to nothing), confirmation (a second look at "no STARTTLS"; one is enough for all names of an address), or old_version (a question of the campaign after a call that came to a handshake); null if there is none.';
COMMENT ON COLUMN permit.stay_away_said IS 'The words of its reply that said so, in lower case; null if it did not.';

CREATE TABLE abandoned_call (
    endpoint_id integer     NOT NULL,
    night       date        NOT NULL,
    attempt     smallint    NOT NULL,
    dial_before timestamptz NOT NULL,

    CONSTRAINT abandoned_call_pkey PRIMARY KEY (endpoint_id, night, attempt)
);

COMMENT ON TABLE abandoned_call IS 'Calls whose process died: they may have been made, and nothing is known of them. Kept for ever, for they are contacts. If one was reported after all, it has an observation too, which counts.';
COMMENT ON COLUMN abandoned_call.endpoint_id IS 'Who may have been called.';
COMMENT ON COLUMN abandoned_call.night IS 'The night in whose ledger it stands.';
COMMENT ON COLUMN abandoned_call.attempt IS 'As in its permit.';
COMMENT ON COLUMN abandoned_call.dial_before IS 'When it would have begun at the latest.';
