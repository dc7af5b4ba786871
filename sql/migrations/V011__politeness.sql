-- V011: how we behaved at each provider, kept when the contact ledger is long gone; and what an operator says of a provider.

CREATE TABLE politeness (
    night          date    NOT NULL REFERENCES night,
    provider       text    NOT NULL,
    class          text    NOT NULL,
    connections    integer NOT NULL,
    peak_open      integer NOT NULL,
    shortest_gap_s numeric(12, 3),
    suspensions    integer NOT NULL,
    replies        integer NOT NULL,

    CONSTRAINT politeness_pkey PRIMARY KEY (night, provider, class),
    CONSTRAINT politeness_class_known CHECK (class IN (
        'ok', 'no_starttls', 'muted', 'stripped', 'blocked_reputation', 'blocked_suspected', 'rate_limited', 'greylisted',
        'temporary_unavailable', 'tls_unavailable', 'policy_requires_tls', 'not_smtp', 'other', 'unknown', '')),
    CONSTRAINT politeness_counts_not_negative CHECK (least(connections, peak_open, suspensions, replies) >= 0),
    CONSTRAINT politeness_no_class_without_calls CHECK ((class = '') = (connections = 0))
);

COMMENT ON TABLE politeness IS 'How the census behaved at each provider, per night, drawn from the contact ledger: one row per provider and class of answer.';
COMMENT ON COLUMN politeness.night IS 'The night.';
COMMENT ON COLUMN politeness.provider IS 'The provider, as in planned_call.';
COMMENT ON COLUMN politeness.class IS 'The class of the answer to a call; unknown where nothing was stored of it; empty where the provider was not called.';
COMMENT ON COLUMN politeness.connections IS 'Calls at the provider in all, those too that a process which died may have made.';
COMMENT ON COLUMN politeness.peak_open IS 'The most of them that were, or may have been, open at once.';
COMMENT ON COLUMN politeness.shortest_gap_s IS 'Least time from the start of one to the start of the next, seconds; null where there were not two.';
COMMENT ON COLUMN politeness.suspensions IS 'How often the provider was left alone for a while, or for the rest of the night.';
COMMENT ON COLUMN politeness.replies IS 'Calls that were answered with this class.';

CREATE TABLE provider_word (
    provider_word_id bigint      GENERATED ALWAYS AS IDENTITY,
    provider         text        NOT NULL,
    word             text        NOT NULL,
    said_at          timestamptz NOT NULL,
    said_by          text        NOT NULL,
    reason           text,

    CONSTRAINT provider_word_pkey PRIMARY KEY (provider_word_id),
    CONSTRAINT provider_word_known CHECK (word IN ('pause', 'resume')),
    CONSTRAINT provider_word_reason_not_empty CHECK (reason <> '')
);

CREATE INDEX provider_word_latest ON provider_word (provider, provider_word_id);

COMMENT ON TABLE provider_word IS 'What an operator of the census said of a provider. The last word holds; none is ever changed or taken away.';
COMMENT ON COLUMN provider_word.provider_word_id IS 'The word; a later one has a greater number.';
COMMENT ON COLUMN provider_word.provider IS 'The provider, as in planned_call.';
COMMENT ON COLUMN provider_word.word IS 'pause: nobody there is called until it is resumed. resume: it is called again, and what it held against us before is forgotten.';
COMMENT ON COLUMN provider_word.said_at IS 'When it was said.';
COMMENT ON COLUMN provider_word.said_by IS 'The account on the census'' machine under which it was said.';
COMMENT ON COLUMN provider_word.reason IS 'Why, in the operator''s words; null if nothing was said.';

CREATE FUNCTION provider_word_stands() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'a word of the operator is never changed or taken away: say another one';
END
$$;

COMMENT ON FUNCTION provider_word_stands IS 'Refuses to change or delete what an operator said.';

CREATE TRIGGER provider_word_stands BEFORE UPDATE OR DELETE ON provider_word
    FOR EACH ROW EXECUTE FUNCTION provider_word_stands();
