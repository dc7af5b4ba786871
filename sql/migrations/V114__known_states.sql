-- V114: what was last known of servers and domains, and changes

CREATE TABLE known_server (
    first_seen   timestamptz NOT NULL,
    endpoint_id  integer     NOT NULL,
    first_night  date        NOT NULL,
    second_night date,
    until_night  date,
    starttls     boolean     NOT NULL,
    usable       boolean,
    outcome      text        COLLATE "C" NOT NULL,
    tls_version  text        COLLATE "C",
    chain        text        COLLATE "C",
    name_match   text        COLLATE "C",

    CONSTRAINT known_server_pkey PRIMARY KEY (endpoint_id, first_night),
    CONSTRAINT known_server_goes_forward CHECK (first_night < second_night AND second_night < until_night),
    CONSTRAINT known_server_ends_after_it_begins CHECK (first_night < until_night)
) WITH (fillfactor = 90);

CREATE UNIQUE INDEX known_server_one_last ON known_server (endpoint_id) WHERE until_night IS NULL;

CREATE INDEX known_server_by_first_night ON known_server (first_night);

CREATE INDEX known_server_by_second_night ON known_server (second_night);

CREATE INDEX known_server_by_until_night ON known_server (until_night) WHERE until_night IS NOT NULL;

COMMENT ON TABLE known_server IS 'What each mail server last showed of STARTTLS by its own name, as spans of nights. A night that showed nothing changes nothing, and an unchanged server costs no write.';
COMMENT ON COLUMN known_server.first_seen IS 'When the first call began that showed it.';
COMMENT ON COLUMN known_server.endpoint_id IS 'The mail server: (mx_host, address).';
COMMENT ON COLUMN known_server.first_night IS 'The first night that showed it.';
COMMENT ON COLUMN known_server.second_night IS 'The second night that showed it, with nothing else between; null while there is none. A change for the worse counts from then on.';
COMMENT ON COLUMN known_server.until_night IS 'The night that showed something else; null while it is the last that is known.';
COMMENT ON COLUMN known_server.starttls IS 'Whether it offers STARTTLS.';
COMMENT ON COLUMN known_server.usable IS 'Whether mail could be sent over TLS without a client certificate.';
COMMENT ON COLUMN known_server.outcome IS 'The outcome of these nights.';
COMMENT ON COLUMN known_server.tls_version IS 'The TLS version negotiated.';
COMMENT ON COLUMN known_server.chain IS 'The verdict on its chain.';
COMMENT ON COLUMN known_server.name_match IS 'Whether the certificate names mx_host.';

CREATE TABLE known_domain (
    domain_id        integer NOT NULL,
    first_night      date    NOT NULL,
    second_night     date,
    until_night      date,
    starttls_any     boolean NOT NULL,
    starttls_primary boolean,

    CONSTRAINT known_domain_pkey PRIMARY KEY (domain_id, first_night),
    CONSTRAINT known_domain_goes_forward CHECK (first_night < second_night AND second_night < until_night),
    CONSTRAINT known_domain_ends_after_it_begins CHECK (first_night < until_night)
) WITH (fillfactor = 90);

CREATE UNIQUE INDEX known_domain_one_last ON known_domain (domain_id) WHERE until_night IS NULL;

CREATE INDEX known_domain_by_first_night ON known_domain (first_night);

CREATE INDEX known_domain_by_second_night ON known_domain (second_night);

CREATE INDEX known_domain_by_until_night ON known_domain (until_night) WHERE until_night IS NOT NULL;

COMMENT ON TABLE known_domain IS 'What was last known of STARTTLS at the servers of each domain, as spans of nights. A night of which it is unknown changes nothing.';
COMMENT ON COLUMN known_domain.domain_id IS 'The domain.';
COMMENT ON COLUMN known_domain.first_night IS 'The first night of which this is known.';
COMMENT ON COLUMN known_domain.second_night IS 'The second such night, with nothing else between; null while there is none. A change for the worse counts from then on.';
COMMENT ON COLUMN known_domain.until_night IS 'The night of which something else is known; null while it is the last that is known.';
COMMENT ON COLUMN known_domain.starttls_any IS 'Whether any of its MX hosts offers STARTTLS.';
COMMENT ON COLUMN known_domain.starttls_primary IS 'Whether one of its best-preference MX hosts does; null: unknown in these nights.';

CREATE TABLE known_change (
    first_seen  timestamptz,
    night       date        NOT NULL REFERENCES night ON DELETE CASCADE,
    endpoint_id integer,
    domain_id   integer,
    kind        text        COLLATE "C" NOT NULL,
    before      text        COLLATE "C" NOT NULL,
    after       text        COLLATE "C" NOT NULL,

    CONSTRAINT known_change_once UNIQUE NULLS NOT DISTINCT (night, kind, endpoint_id, domain_id),
    CONSTRAINT known_change_is_of_one CHECK (num_nonnulls(endpoint_id, domain_id) = 1),
    CONSTRAINT known_change_kind_known CHECK (kind IN ('gained_starttls', 'starttls_lost', 'chain_broke', 'chain_healed'))
);

CREATE INDEX known_change_by_endpoint ON known_change (endpoint_id) WHERE endpoint_id IS NOT NULL;

CREATE INDEX known_change_by_domain ON known_change (domain_id) WHERE domain_id IS NOT NULL;

COMMENT ON TABLE known_change IS 'Changes of known_server and known_domain that count: those for the better at once, those for the worse after two separate nights. A loss of STARTTLS at a server is in starttls_loss.';
COMMENT ON COLUMN known_change.first_seen IS 'When the first call began that showed it; null for domains.';
COMMENT ON COLUMN known_change.night IS 'The night from which on it counts.';
COMMENT ON COLUMN known_change.endpoint_id IS 'The mail server; null for a change of a domain.';
COMMENT ON COLUMN known_change.domain_id IS 'The domain; null for a change of a server.';
COMMENT ON COLUMN known_change.kind IS 'gained_starttls, starttls_lost (domains), chain_broke, chain_healed.';
COMMENT ON COLUMN known_change.before IS 'What was known before: for chains the verdict on the chain, else an outcome or yes and no.';
COMMENT ON COLUMN known_change.after IS 'What is known now.';
