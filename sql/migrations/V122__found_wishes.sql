-- V122: wishes that the look-ups of a night find, until all of them are added at once

CREATE TABLE opt_out_found (
    seen_at timestamptz NOT NULL,
    night   date        NOT NULL,
    name    text        COLLATE "C",
    network cidr,
    record  text        COLLATE "C" NOT NULL,

    CONSTRAINT opt_out_found_once UNIQUE NULLS NOT DISTINCT (name, network),
    CONSTRAINT opt_out_found_is_of_one CHECK (num_nonnulls(name, network) = 1),
    CONSTRAINT opt_out_found_name_is_canonical CHECK (name !~ '[^a-z0-9._-]' AND length(name) BETWEEN 1 AND 253)
);

COMMENT ON TABLE opt_out_found IS 'Who opted out by the DNS, as far as the night''s look-ups have come. The plan adds them all to opt_out in one statement, because each such statement goes through all names and certificates. Then they are gone from here. Never published.';
COMMENT ON COLUMN opt_out_found.seen_at IS 'When the record was seen.';
COMMENT ON COLUMN opt_out_found.night IS 'The night that saw it.';
COMMENT ON COLUMN opt_out_found.name IS 'A domain; null if it is an address.';
COMMENT ON COLUMN opt_out_found.network IS 'An address; null if it is a name.';
COMMENT ON COLUMN opt_out_found.record IS 'The name of the TXT record.';
