-- V033: the operator may bring newer roots than the program does. The choice is a row, so a night that runs by itself
-- finds it, and earlier choices stay.

CREATE TABLE trust_store_choice (
    trust_store_choice_id bigint      GENERATED ALWAYS AS IDENTITY,
    trust_store_id        bigint      NOT NULL REFERENCES trust_store,
    source                text        NOT NULL,
    chosen_at             timestamptz NOT NULL,

    CONSTRAINT trust_store_choice_pkey PRIMARY KEY (trust_store_choice_id),
    CONSTRAINT trust_store_choice_source_short CHECK (octet_length(source) BETWEEN 1 AND 1024)
);

COMMENT ON TABLE trust_store_choice IS 'The roots that the operator brought for later nights (census trust-store update). The latest row counts, unless the settings name a trust store or the program ships a newer one.';
COMMENT ON COLUMN trust_store_choice.trust_store_choice_id IS 'Key; ascending in the order of the choices.';
COMMENT ON COLUMN trust_store_choice.trust_store_id IS 'The trust store that was chosen.';
COMMENT ON COLUMN trust_store_choice.source IS 'The name of the file that it was read from.';
COMMENT ON COLUMN trust_store_choice.chosen_at IS 'When it was chosen.';
