-- V027: a refusal is charged to whoever can have decided it: to the provider, or to one address of a network or a pool.

CREATE FUNCTION charges_address(provider_source text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT provider_source IN ('pool', 'net')
$$;

COMMENT ON FUNCTION charges_address IS
    'Whether a refusal is charged to the address alone, by how its provider was decided: unrelated customers share a network or a pool.';

ALTER TABLE planned_call
    ADD COLUMN mail_sets bigint[],
    DROP CONSTRAINT planned_call_source_known,
    ADD CONSTRAINT planned_call_source_known
        CHECK (provider_source IN ('override', 'pool', 'cname', 'psl', 'prefix', 'net'));

COMMENT ON COLUMN planned_call.provider_source IS
    'How the provider was decided: override (a line of the providers'' file), pool (a line of that file that names a suffix under which customers run servers of their own), cname (what an alias leads to), psl (registrable domain of the MX host), prefix (the host bears its only customer''s name; its neighbours in the prefix are this provider''s), net (the prefix itself).';
COMMENT ON COLUMN planned_call.mail_sets IS
    'Where refusals are charged to the address: the sets of MX records that the address was in that night, at most the first 100. Two addresses without a common set serve different mail domains. Null where refusals are charged to the provider, and for nights before it was kept.';

ALTER TABLE asked_call ADD COLUMN provider_source text NOT NULL DEFAULT 'psl';

-- Of calls from before, only a network can be told from its name.
UPDATE asked_call SET provider_source = 'net' WHERE left(provider, 4) = 'net:';

ALTER TABLE asked_call
    ADD CONSTRAINT asked_call_source_known
        CHECK (provider_source IN ('override', 'pool', 'cname', 'psl', 'prefix', 'net'));

COMMENT ON COLUMN asked_call.provider_source IS 'How the provider was decided, as in planned_call; by names alone.';

ALTER TABLE permit
    DROP CONSTRAINT permit_naming_known,
    ADD CONSTRAINT permit_naming_known CHECK (naming IN ('nobody', 'us', 'our_range', 'a_list'));

COMMENT ON COLUMN permit.naming IS
    'Whom the text of a refusal names: nobody (or somebody else), us (our address; before V027 also our network), our_range (a range of addresses that contains ours), a_list (a public list that carries our address).';

CREATE TABLE address_standing (
    address       inet    NOT NULL,
    blocked_since date    NOT NULL,
    last_blocked  date    NOT NULL,
    nights        integer NOT NULL,

    CONSTRAINT address_standing_pkey PRIMARY KEY (address),
    CONSTRAINT address_standing_blocks_go_forward CHECK (last_blocked >= blocked_since),
    CONSTRAINT address_standing_nights_positive CHECK (nights > 0)
);

COMMENT ON TABLE address_standing IS 'Addresses that are charged with their own refusals, blocked us, and have not welcomed us since: they are left out for 1, 2, 4, then 7 nights, and asked by one call then. As provider_standing is for providers.';
COMMENT ON COLUMN address_standing.address IS 'The address.';
COMMENT ON COLUMN address_standing.blocked_since IS 'The first night it blocked us.';
COMMENT ON COLUMN address_standing.last_blocked IS 'The last night it was called and blocked us.';
COMMENT ON COLUMN address_standing.nights IS 'On how many nights it was called and blocked us.';

-- Until now a whole network was charged. Those of its addresses that refused us on its last night keep the block.
INSERT INTO address_standing (address, blocked_since, last_blocked, nights)
SELECT planned_call.address, min(provider_standing.blocked_since), max(provider_standing.last_blocked),
       max(provider_standing.nights)
FROM provider_standing
JOIN planned_call ON planned_call.night = provider_standing.last_blocked
    AND planned_call.provider = provider_standing.provider
JOIN permit ON permit.night = planned_call.night AND permit.endpoint_id = planned_call.endpoint_id
WHERE left(provider_standing.provider, 4) = 'net:'
  AND permit.reception IN ('blocked', 'suspected')
GROUP BY planned_call.address;

DELETE FROM provider_standing WHERE left(provider, 4) = 'net:';

COMMENT ON TABLE blocked_share IS 'How much of a night''s plan belongs to providers, and to addresses that are charged themselves, that blocked us first on that night: what is usual, against which the run guard holds the night under way.';
COMMENT ON COLUMN blocked_share.newly_blocked IS 'Those of them that belong to newly blocked providers and addresses.';

ALTER TABLE politeness
    ADD COLUMN charged text,
    ADD COLUMN suspended_addresses integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT politeness_charged_known CHECK (charged IN ('provider', 'address', 'both')),
    ADD CONSTRAINT politeness_suspended_addresses_not_negative CHECK (suspended_addresses >= 0);

COMMENT ON COLUMN politeness.charged IS 'Who is charged with a refusal of its servers: provider, address (each server''s address alone), or both (it runs some of them, and customers run the others). Null for nights before it was kept.';
COMMENT ON COLUMN politeness.suspended_addresses IS 'How many addresses of it were left alone for a while, or for the rest of the night, for what they answered themselves.';
