-- V120: warm-up goes by what a source address was welcomed for, not by the number of its nights

DROP TABLE source_standing;

CREATE TABLE source_night (
    night    date    NOT NULL,
    welcomed integer NOT NULL,
    address  inet    NOT NULL,

    CONSTRAINT source_night_pkey PRIMARY KEY (address, night),
    CONSTRAINT source_night_welcomed_positive CHECK (welcomed > 0)
);

COMMENT ON TABLE source_night IS 'Our own addresses: a new one makes 1,000 calls in a night, and later twice what the best of its nights was welcomed for. Kept for ever.';
COMMENT ON COLUMN source_night.night IS 'The night.';
COMMENT ON COLUMN source_night.welcomed IS 'How many of its calls were complete sessions (permit.reception is welcomed).';
COMMENT ON COLUMN source_night.address IS 'The address we called from.';
