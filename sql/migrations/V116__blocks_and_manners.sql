-- V116: who blocked us and until when, and how we behaved

CREATE TABLE provider_standing (
    provider      text COLLATE "C" NOT NULL,
    blocked_since date             NOT NULL,
    last_blocked  date             NOT NULL,
    nights        integer          NOT NULL,

    CONSTRAINT provider_standing_pkey PRIMARY KEY (provider),
    CONSTRAINT provider_standing_blocks_go_forward CHECK (last_blocked >= blocked_since),
    CONSTRAINT provider_standing_nights_positive CHECK (nights > 0)
);

COMMENT ON TABLE provider_standing IS 'Providers that blocked us and have not welcomed us since: they are left out for 1, 2, 4, then 7 nights, and asked by one call then.';
COMMENT ON COLUMN provider_standing.provider IS 'The provider''s key.';
COMMENT ON COLUMN provider_standing.blocked_since IS 'The first night it blocked us.';
COMMENT ON COLUMN provider_standing.last_blocked IS 'The last night it was called and blocked us.';
COMMENT ON COLUMN provider_standing.nights IS 'On how many nights it was called and blocked us.';

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

CREATE TABLE night_block (
    night         date             NOT NULL REFERENCES night ON DELETE CASCADE,
    provider      text COLLATE "C",
    address       inet,
    blocked_since date             NOT NULL,

    CONSTRAINT night_block_once UNIQUE NULLS NOT DISTINCT (night, provider, address),
    CONSTRAINT night_block_is_of_one CHECK (num_nonnulls(provider, address) = 1),
    CONSTRAINT night_block_began_before CHECK (blocked_since <= night)
);

COMMENT ON TABLE night_block IS 'Who blocked us when a night ended: providers, and addresses that are charged with their own refusals. provider_standing and address_standing say how it is now; this stays.';
COMMENT ON COLUMN night_block.night IS 'The night.';
COMMENT ON COLUMN night_block.provider IS 'The provider; null for an address.';
COMMENT ON COLUMN night_block.address IS 'The address; null for a provider.';
COMMENT ON COLUMN night_block.blocked_since IS 'The first night of this block: it blocked us then and has not welcomed us since.';

CREATE TABLE blocked_share (
    night         date   NOT NULL REFERENCES night,
    servers       bigint NOT NULL,
    newly_blocked bigint NOT NULL,

    CONSTRAINT blocked_share_pkey PRIMARY KEY (night),
    CONSTRAINT blocked_share_is_a_part CHECK (newly_blocked BETWEEN 0 AND servers)
);

COMMENT ON TABLE blocked_share IS 'How much of a night''s plan belongs to providers, and to addresses that are charged themselves, that blocked us first on that night: what is usual, against which the run guard holds the night under way.';
COMMENT ON COLUMN blocked_share.night IS 'The night.';
COMMENT ON COLUMN blocked_share.servers IS 'Servers of the plan, each counted as often as domains have it as a best-preference server.';
COMMENT ON COLUMN blocked_share.newly_blocked IS 'Those of them that belong to newly blocked providers and addresses.';

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

CREATE TABLE politeness (
    night               date             NOT NULL REFERENCES night,
    provider            text COLLATE "C" NOT NULL,
    class               text COLLATE "C" NOT NULL,
    connections         integer          NOT NULL,
    peak_open           integer          NOT NULL,
    shortest_gap_s      numeric(12, 3),
    suspensions         integer          NOT NULL,
    replies             integer          NOT NULL,
    charged             text             NOT NULL,
    suspended_addresses integer          NOT NULL DEFAULT 0,
    decided_by          text COLLATE "C" NOT NULL,

    CONSTRAINT politeness_class_known CHECK (class IN (
        'ok', 'no_starttls', 'muted', 'stripped', 'blocked_reputation', 'blocked_suspected', 'rate_limited', 'greylisted',
        'temporary_unavailable', 'tls_unavailable', 'policy_requires_tls', 'not_smtp', 'other', 'unknown', '')),
    CONSTRAINT politeness_counts_not_negative CHECK (least(connections, peak_open, suspensions, replies) >= 0),
    CONSTRAINT politeness_no_class_without_calls CHECK ((class = '') = (connections = 0)),
    CONSTRAINT politeness_charged_known CHECK (charged IN ('provider', 'address', 'both')),
    CONSTRAINT politeness_suspended_addresses_not_negative CHECK (suspended_addresses >= 0),
    CONSTRAINT politeness_pkey PRIMARY KEY (provider, night, class)
);

CREATE INDEX politeness_by_night ON politeness USING brin (night) WITH (pages_per_range = 16, autosummarize = on);

COMMENT ON TABLE politeness IS 'How the census behaved at each provider, per night, drawn from the contact ledger: one row per provider and class of answer.';
COMMENT ON COLUMN politeness.night IS 'The night.';
COMMENT ON COLUMN politeness.provider IS 'The provider, as in planned_call.';
COMMENT ON COLUMN politeness.class IS 'The class of the answer to a call; unknown where nothing was stored of it; empty where the provider was not called.';
COMMENT ON COLUMN politeness.connections IS 'Calls at the provider in all, those too that a process which died may have made.';
COMMENT ON COLUMN politeness.peak_open IS 'The most of them that were, or may have been, open at once.';
COMMENT ON COLUMN politeness.shortest_gap_s IS 'Least time from the start of one to the start of the next, seconds; null where there were not two.';
COMMENT ON COLUMN politeness.suspensions IS 'How often the provider was left alone for a while, or for the rest of the night.';
COMMENT ON COLUMN politeness.replies IS 'Calls that were answered with this class.';
COMMENT ON COLUMN politeness.charged IS 'Who is charged with a refusal of its servers: provider, address (each server''s address alone), or both (it runs some of them, and customers run the others).';
COMMENT ON COLUMN politeness.suspended_addresses IS 'How many addresses of it were left alone for a while, or for the rest of the night, for what they answered themselves.';
COMMENT ON COLUMN politeness.decided_by IS 'How it was decided that these servers are its own, in words of planned_call.provider_source, parted by a blank.';

CREATE FUNCTION provider_word_stands() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'a word of the operator is never changed or taken away: say another one';
END
$$;

COMMENT ON FUNCTION provider_word_stands IS 'Refuses to change or delete what an operator said.';

CREATE TABLE provider_word (
    provider_word_id bigint           GENERATED ALWAYS AS IDENTITY,
    provider         text COLLATE "C" NOT NULL,
    word             text             NOT NULL,
    said_at          timestamptz      NOT NULL,
    said_by          text             NOT NULL,
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

CREATE TRIGGER provider_word_stands BEFORE UPDATE OR DELETE ON provider_word
    FOR EACH ROW EXECUTE FUNCTION provider_word_stands();
