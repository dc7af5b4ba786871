-- V009: calls that somebody asked for by name (census check), beside those of the night's plan.

CREATE TABLE asked_call (
    asked_call_id bigint      GENERATED ALWAYS AS IDENTITY,
    night         date        NOT NULL REFERENCES night,
    endpoint_id   bigint      NOT NULL,
    provider      text        NOT NULL,
    asked_at      timestamptz NOT NULL,

    CONSTRAINT asked_call_pkey PRIMARY KEY (asked_call_id),
    CONSTRAINT asked_call_once_a_night UNIQUE (night, endpoint_id)
);

COMMENT ON TABLE asked_call IS 'Servers that somebody asked to be called now (census check) and that the night''s plan does not call. Their permits count in every limit of the night; what they show is told to whoever asked, and is in no published file.';
COMMENT ON COLUMN asked_call.asked_call_id IS 'The wish, in the order in which they came.';
COMMENT ON COLUMN asked_call.night IS 'The night in whose ledger the call stands: the last one opened when it was asked for.';
COMMENT ON COLUMN asked_call.endpoint_id IS 'Whom to call.';
COMMENT ON COLUMN asked_call.provider IS 'Whoever would notice us; its limits hold.';
COMMENT ON COLUMN asked_call.asked_at IS 'When it was asked for.';
