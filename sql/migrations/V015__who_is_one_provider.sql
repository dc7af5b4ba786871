-- V015: how the provider of an endpoint was decided, and what outlives a night: blocks, servers that are gone, new addresses of ours.

ALTER TABLE planned_call
    ADD COLUMN provider_rules         text,
    ADD COLUMN is_known               boolean NOT NULL DEFAULT false,
    ADD COLUMN measured_within_nights integer NOT NULL DEFAULT 1,
    DROP CONSTRAINT planned_call_source_known,
    ADD CONSTRAINT planned_call_source_known CHECK (provider_source IN ('override', 'cname', 'psl', 'prefix', 'net')),
    ADD CONSTRAINT planned_call_rotates_over_nights CHECK (measured_within_nights >= 1);

COMMENT ON COLUMN planned_call.provider_source IS
    'How the provider was decided: override (a line of the providers'' file), cname (what an alias leads to), psl (registrable domain of the MX host), prefix (the host bears its only customer''s name; its neighbours in the prefix are this provider''s), net (the prefix itself).';
COMMENT ON COLUMN planned_call.provider_rules IS 'Version of the providers'' file that was used; null for nights before it was kept.';
COMMENT ON COLUMN planned_call.is_known IS 'Whether its last look before tonight told whether it has STARTTLS: a good canary.';
COMMENT ON COLUMN planned_call.measured_within_nights IS 'Every how many nights it is called, where not everybody fits a night; 1: every night.';

CREATE TABLE provider_standing (
    provider      text    NOT NULL,
    blocked_since date    NOT NULL,
    last_blocked  date    NOT NULL,
    nights        integer NOT NULL,

    CONSTRAINT provider_standing_pkey PRIMARY KEY (provider),
    CONSTRAINT provider_standing_blocks_go_forward CHECK (last_blocked >= blocked_since),
    CONSTRAINT provider_standing_nights_positive CHECK (nights > 0)
);

COMMENT ON TABLE provider_standing IS 'Providers that blocked us and have not welcomed us since: they are left out for 1, 2, 4, then 7 nights, and asked by one call then.';
COMMENT ON COLUMN provider_standing.provider IS 'The provider''s key.';
COMMENT ON COLUMN provider_standing.blocked_since IS 'The first night it blocked us.';
COMMENT ON COLUMN provider_standing.last_blocked IS 'The last night it was called and blocked us.';
COMMENT ON COLUMN provider_standing.nights IS 'On how many nights it was called and blocked us.';

CREATE TABLE unreachable_endpoint (
    endpoint_id bigint  NOT NULL,
    since       date    NOT NULL,
    last_night  date    NOT NULL,
    nights      integer NOT NULL,

    CONSTRAINT unreachable_endpoint_pkey PRIMARY KEY (endpoint_id),
    CONSTRAINT unreachable_endpoint_goes_forward CHECK (last_night >= since),
    CONSTRAINT unreachable_endpoint_nights_positive CHECK (nights > 0)
);

COMMENT ON TABLE unreachable_endpoint IS 'Servers that could not be reached by any call of their last nights: after three, they are called every 2nd, 4th, then 7th night.';
COMMENT ON COLUMN unreachable_endpoint.endpoint_id IS 'The endpoint.';
COMMENT ON COLUMN unreachable_endpoint.since IS 'The first of these nights.';
COMMENT ON COLUMN unreachable_endpoint.last_night IS 'The last night it was called.';
COMMENT ON COLUMN unreachable_endpoint.nights IS 'How many nights it was called in vain, one after the other.';

CREATE TABLE source_standing (
    address     inet    NOT NULL,
    first_night date    NOT NULL,
    last_night  date    NOT NULL,
    nights      integer NOT NULL,

    CONSTRAINT source_standing_pkey PRIMARY KEY (address),
    CONSTRAINT source_standing_nights_positive CHECK (nights > 0)
);

COMMENT ON TABLE source_standing IS 'Our own addresses: a new one starts with 1,000 calls a night, and doubles.';
COMMENT ON COLUMN source_standing.address IS 'The address we called from.';
COMMENT ON COLUMN source_standing.first_night IS 'The first night.';
COMMENT ON COLUMN source_standing.last_night IS 'The last night.';
COMMENT ON COLUMN source_standing.nights IS 'How many nights.';
