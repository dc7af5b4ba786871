-- V040: what a server says again each night is stored once; what differs each time stands apart, where it can be dropped by the
-- month.

CREATE FUNCTION dialogue_sha256(ehlo bytea, helo bytea, starttls bytea, after_tls bytea) RETURNS bytea
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
    RETURN sha256(coalesce('\x01'::bytea || sha256(ehlo), '\x00')
               || coalesce('\x01'::bytea || sha256(helo), '\x00')
               || coalesce('\x01'::bytea || sha256(starttls), '\x00')
               || coalesce('\x01'::bytea || sha256(after_tls), '\x00'));

COMMENT ON FUNCTION dialogue_sha256 IS 'The key of table dialogue: of each of the four replies whether it is there, and its own SHA-256.';

CREATE TABLE dialogue (
    dialogue_id bigint GENERATED ALWAYS AS IDENTITY,
    sha256      bytea  NOT NULL,
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

CREATE TABLE raw_reply (
    night     date   NOT NULL,
    permit_id bigint NOT NULL,
    banner    bytea,
    quit      bytea,
    excerpt   bytea,

    CONSTRAINT raw_reply_pkey PRIMARY KEY (night, permit_id),
    CONSTRAINT raw_reply_says_something CHECK (num_nonnulls(banner, quit, excerpt) > 0)
) PARTITION BY RANGE (night);

COMMENT ON TABLE raw_reply IS 'What a server says anew in each call: greeting, reply to QUIT, and what was no complete reply. No row where nothing of it came. Its months can be dropped.';
COMMENT ON COLUMN raw_reply.night IS 'The night.';
COMMENT ON COLUMN raw_reply.permit_id IS 'The permit of the call.';
COMMENT ON COLUMN raw_reply.banner IS 'The greeting as sent; null if none came whole.';
COMMENT ON COLUMN raw_reply.quit IS 'The reply to QUIT; null if none came whole.';
COMMENT ON COLUMN raw_reply.excerpt IS 'The first 1,000 bytes of what came and was no complete reply; null if there was nothing of the kind.';

CREATE OR REPLACE FUNCTION open_partitions(for_night date) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['observation', 'raw_reply', 'server_verdict', 'domain_verdict'] LOOP
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS census.%I PARTITION OF census.%I FOR VALUES FROM (%L) TO (%L)',
            parent || to_char(for_night, '"_"YYYY"_"MM'),
            parent,
            date_trunc('month', for_night)::date,
            (date_trunc('month', for_night) + interval '1 month')::date);
    END LOOP;
END
$$;

ALTER TABLE observation ADD COLUMN dialogue_id bigint;

-- The nights so far.
SELECT open_partitions(night) FROM night;

INSERT INTO raw_reply (night, permit_id, banner, quit, excerpt)
SELECT night, permit_id, banner, quit, nullif(excerpt, '')
FROM observation
WHERE num_nonnulls(banner, quit, nullif(excerpt, '')) > 0;

INSERT INTO dialogue (sha256, ehlo, helo, starttls, after_tls)
SELECT DISTINCT ON (dialogue_sha256(ehlo, helo, starttls, after_tls))
       dialogue_sha256(ehlo, helo, starttls, after_tls), ehlo, helo, starttls, after_tls
FROM observation
WHERE num_nonnulls(ehlo, helo, starttls, after_tls) > 0;

UPDATE observation
SET dialogue_id = dialogue.dialogue_id
FROM dialogue
WHERE dialogue.sha256 = dialogue_sha256(observation.ehlo, observation.helo, observation.starttls, observation.after_tls);

ALTER TABLE observation
    DROP COLUMN banner,
    DROP COLUMN ehlo,
    DROP COLUMN helo,
    DROP COLUMN starttls,
    DROP COLUMN after_tls,
    DROP COLUMN quit,
    DROP COLUMN excerpt;

COMMENT ON COLUMN observation.dialogue_id IS 'What was said between greeting and QUIT; null if no reply came whole there.';
