-- V123: which nights were published, when, and by whose word

CREATE TABLE publication (
    publication_id bigint      GENERATED ALWAYS AS IDENTITY,
    night          date        NOT NULL REFERENCES night ON DELETE CASCADE,
    published_at   timestamptz NOT NULL,
    accepted_as    text,

    CONSTRAINT publication_pkey PRIMARY KEY (publication_id),
    CONSTRAINT publication_accepted_as_a_line CHECK (
        char_length(accepted_as) BETWEEN 1 AND 500 AND accepted_as !~ '[[:cntrl:]]'
    )
);

CREATE INDEX publication_of_night ON publication (night, publication_id);

COMMENT ON TABLE publication IS 'Each time the files of a night were written. A night outside a lab is complete before it has a row here: somebody looks at it first.';
COMMENT ON COLUMN publication.publication_id IS 'The publication; later ones have greater numbers.';
COMMENT ON COLUMN publication.night IS 'The night.';
COMMENT ON COLUMN publication.published_at IS 'When its files were in their place.';
COMMENT ON COLUMN publication.accepted_as IS 'Why the operator published it (census publish --accept). Null: the night published itself, or it was written again after it had been accepted.';
