-- V038: how each night was measured, and who blocked us when it ended.

CREATE TABLE night_conditions (
    night                  date             NOT NULL REFERENCES night ON DELETE CASCADE,
    ordinal                integer          NOT NULL,
    since                  timestamptz      NOT NULL,
    is_lab                 boolean          NOT NULL,
    time_scale             double precision NOT NULL,
    patience_scale         double precision NOT NULL,
    port                   integer          NOT NULL,
    confirmation_gap_s     numeric(12, 6)   NOT NULL,
    offers                 text[]           NOT NULL,
    previous_offer         text             NOT NULL,
    previous_offer_percent integer          NOT NULL,
    provider_rules         text             NOT NULL,
    provider_rules_sha256  bytea            NOT NULL,
    reply_rules            text             NOT NULL,
    program_version        text             NOT NULL,

    CONSTRAINT night_conditions_pkey PRIMARY KEY (night, ordinal),
    CONSTRAINT night_conditions_ordinal_positive CHECK (ordinal > 0),
    CONSTRAINT night_conditions_scales_from_0_to_1 CHECK (
        time_scale BETWEEN 0 AND 1 AND patience_scale BETWEEN 0 AND 1
    ),
    CONSTRAINT night_conditions_only_labs_are_scaled CHECK (is_lab OR (time_scale = 1 AND patience_scale = 1)),
    CONSTRAINT night_conditions_port_in_range CHECK (port BETWEEN 1 AND 65535),
    CONSTRAINT night_conditions_gap_not_negative CHECK (confirmation_gap_s >= 0),
    CONSTRAINT night_conditions_has_an_offer CHECK (cardinality(offers) > 0),
    CONSTRAINT night_conditions_percent_in_range CHECK (previous_offer_percent BETWEEN 0 AND 50),
    CONSTRAINT night_conditions_sha256_size CHECK (octet_length(provider_rules_sha256) = 32)
);

COMMENT ON TABLE night_conditions IS 'How a night was measured. The first row is from its opening; the night is judged by it, then and whenever it is judged again. A later start of the same night adds a row only if something had changed. Nights before it was kept have none.';
COMMENT ON COLUMN night_conditions.night IS 'The night.';
COMMENT ON COLUMN night_conditions.ordinal IS '1 at its opening; later rows have greater numbers.';
COMMENT ON COLUMN night_conditions.since IS 'When the run began that measured so.';
COMMENT ON COLUMN night_conditions.is_lab IS 'Whether it was measured in a lab on loopback, and not on the Internet.';
COMMENT ON COLUMN night_conditions.time_scale IS 'The factor of every duration between calls; 1 but in a lab.';
COMMENT ON COLUMN night_conditions.patience_scale IS 'The factor of the deadlines of a call; 1 but in a lab.';
COMMENT ON COLUMN night_conditions.port IS 'The port that was called; 25 but in a lab.';
COMMENT ON COLUMN night_conditions.confirmation_gap_s IS 'The least time between two looks at a server that confirm each other, in seconds, already multiplied by the time scale.';
COMMENT ON COLUMN night_conditions.offers IS 'The documents of datasets/offers by which ClientHellos were made: the standard one first, then those of other questions.';
COMMENT ON COLUMN night_conditions.previous_offer IS 'The document that some addresses got instead of the first, for comparison.';
COMMENT ON COLUMN night_conditions.previous_offer_percent IS 'How many in a hundred addresses got that one; 0 but in a night of overlap.';
COMMENT ON COLUMN night_conditions.provider_rules IS 'Version of the providers'' file, and the beginning of its SHA-256; as in planned_call.';
COMMENT ON COLUMN night_conditions.provider_rules_sha256 IS 'SHA-256 of the providers'' file.';
COMMENT ON COLUMN night_conditions.reply_rules IS 'Version of the rules by which replies were understood during the calls.';
COMMENT ON COLUMN night_conditions.program_version IS 'Version of the program.';

CREATE TABLE night_block (
    night         date NOT NULL REFERENCES night ON DELETE CASCADE,
    provider      text,
    address       inet,
    blocked_since date NOT NULL,

    CONSTRAINT night_block_once UNIQUE NULLS NOT DISTINCT (night, provider, address),
    CONSTRAINT night_block_is_of_one CHECK (num_nonnulls(provider, address) = 1),
    CONSTRAINT night_block_began_before CHECK (blocked_since <= night)
);

COMMENT ON TABLE night_block IS 'Who blocked us when a night ended: providers, and addresses that are charged with their own refusals. provider_standing and address_standing say how it is now; this stays.';
COMMENT ON COLUMN night_block.night IS 'The night.';
COMMENT ON COLUMN night_block.provider IS 'The provider; null for an address.';
COMMENT ON COLUMN night_block.address IS 'The address; null for a provider.';
COMMENT ON COLUMN night_block.blocked_since IS 'The first night of this block: it blocked us then and has not welcomed us since.';

COMMENT ON COLUMN domain_verdict.hosts_unknown IS 'How many of its MX hosts are neither yes nor no and may be either: those that count, those beyond the cap and, beside a host that counts, those that asked to be left out. 0 where none counts; null where it has no host with an address, where the DNS failed, and for nights before it was kept.';
