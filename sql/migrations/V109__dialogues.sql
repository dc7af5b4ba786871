-- V109: what servers said, and what was decided about their replies

CREATE FUNCTION dialogue_sha256(ehlo bytea, helo bytea, starttls bytea, after_tls bytea) RETURNS bytea
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
    RETURN sha256(coalesce('\x01'::bytea || sha256(ehlo), '\x00')
               || coalesce('\x01'::bytea || sha256(helo), '\x00')
               || coalesce('\x01'::bytea || sha256(starttls), '\x00')
               || coalesce('\x01'::bytea || sha256(after_tls), '\x00'));

COMMENT ON FUNCTION dialogue_sha256 IS 'The key of table dialogue: of each of the four replies whether it is there, and its own SHA-256.';

CREATE TABLE dialogue (
    dialogue_id integer GENERATED ALWAYS AS IDENTITY,
    sha256      bytea   NOT NULL,
    ehlo        bytea,
    helo        bytea,
    starttls    bytea,
    after_tls   bytea,

    CONSTRAINT dialogue_pkey PRIMARY KEY (dialogue_id),
    CONSTRAINT dialogue_once UNIQUE (sha256),
    CONSTRAINT dialogue_sha256_is_of_it CHECK (sha256 = dialogue_sha256(ehlo, helo, starttls, after_tls)),
    CONSTRAINT dialogue_says_something CHECK (num_nonnulls(ehlo, helo, starttls, after_tls) > 0)
);

COMMENT ON TABLE dialogue IS 'What servers said between greeting and QUIT, stored once for all the calls that heard the same. Kept for ever.';
COMMENT ON COLUMN dialogue.dialogue_id IS 'Its number.';
COMMENT ON COLUMN dialogue.sha256 IS 'The key by which equal dialogues are one: see dialogue_sha256.';
COMMENT ON COLUMN dialogue.ehlo IS 'The reply to EHLO; null if none came whole. So it is of each reply.';
COMMENT ON COLUMN dialogue.helo IS 'The reply to HELO, which follows only some refusals of EHLO (docs/outcomes.md, section 3).';
COMMENT ON COLUMN dialogue.starttls IS 'The reply to STARTTLS.';
COMMENT ON COLUMN dialogue.after_tls IS 'The reply to EHLO under TLS.';

CREATE TABLE reply_judgement (
    reply_judgement_id integer  GENERATED ALWAYS AS IDENTITY,
    class              text     NOT NULL,
    rule               text     NOT NULL,
    reply_code         smallint,

    CONSTRAINT reply_judgement_pkey PRIMARY KEY (reply_judgement_id),
    CONSTRAINT reply_judgement_once UNIQUE NULLS NOT DISTINCT (class, rule, reply_code),
    CONSTRAINT reply_judgement_class_known CHECK (class IN (
        'ok', 'no_starttls', 'muted', 'stripped', 'blocked_reputation', 'blocked_suspected', 'rate_limited', 'greylisted',
        'temporary_unavailable', 'tls_unavailable', 'policy_requires_tls', 'not_smtp', 'other')),
    CONSTRAINT reply_judgement_code_has_three_digits CHECK (reply_code BETWEEN 0 AND 999)
);

COMMENT ON TABLE reply_judgement IS 'What was decided when a call ended, and by what: each combination once. The pace of a provider rests on it, so it is a fact of the night and not drawn again: it stays when the words are dropped.';
COMMENT ON COLUMN reply_judgement.reply_judgement_id IS 'Its number.';
COMMENT ON COLUMN reply_judgement.class IS 'What the call meant for our welcome (docs/outcomes.md, section 2): permit.signal of a call that was reported.';
COMMENT ON COLUMN reply_judgement.rule IS 'The rule that gave the class: permit.rule.';
COMMENT ON COLUMN reply_judgement.reply_code IS 'The code of the reply that decided, also where only its beginning came; null if no reply did.';

CREATE TABLE raw_reply (
    night       date     NOT NULL,
    banner      bytea,
    quit        bytea,
    excerpt     bytea,
    endpoint_id integer  NOT NULL,
    attempt     smallint NOT NULL,

    CONSTRAINT raw_reply_pkey PRIMARY KEY (endpoint_id, night, attempt),
    CONSTRAINT raw_reply_says_something CHECK (num_nonnulls(banner, quit, excerpt) > 0)
) PARTITION BY RANGE (night);

COMMENT ON TABLE raw_reply IS 'What a server says anew in each call: greeting, reply to QUIT, and what was no complete reply. No row where nothing of it came. Its months can be dropped.';
COMMENT ON COLUMN raw_reply.night IS 'The night.';
COMMENT ON COLUMN raw_reply.banner IS 'The greeting as sent; null if none came whole.';
COMMENT ON COLUMN raw_reply.quit IS 'The reply to QUIT; null if none came whole.';
COMMENT ON COLUMN raw_reply.excerpt IS 'The first 1,000 bytes of what came and was no complete reply; null if there was nothing of the kind.';
COMMENT ON COLUMN raw_reply.endpoint_id IS 'Who was called.';
COMMENT ON COLUMN raw_reply.attempt IS 'As in its observation.';
