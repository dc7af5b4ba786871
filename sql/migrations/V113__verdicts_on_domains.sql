-- V113: what is concluded about domains, as spans of nights

CREATE TABLE domain_state (
    domain_id              bigint  NOT NULL,
    first_night            date    NOT NULL,
    last_night             date,
    mx_hosts               integer NOT NULL,
    hosts_unknown          integer,
    measured_within_nights integer,
    starttls_any           boolean,
    starttls_primary       boolean,
    starttls_all_reachable boolean,
    name_match_domain      boolean,
    truncated              boolean NOT NULL,
    mixed_provider         boolean NOT NULL,
    route                  text    COLLATE "C" NOT NULL,
    provider               text    COLLATE "C",
    measured               text    COLLATE "C" NOT NULL,

    CONSTRAINT domain_state_ends_after_it_begins CHECK (last_night >= first_night),
    CONSTRAINT domain_state_mx_hosts_not_negative CHECK (mx_hosts >= 0),
    CONSTRAINT domain_state_hosts_unknown_not_negative CHECK (hosts_unknown >= 0),
    CONSTRAINT domain_state_comes_round CHECK (measured_within_nights >= 1),
    CONSTRAINT domain_state_route_known CHECK (route IN (
        'mx', 'implicit_mx', 'null_mx', 'no_mail', 'nxdomain', 'dns_servfail', 'dns_malformed', 'dns_timeout', 'dns_bogus',
        'mx_unresolvable', 'mx_invalid')),
    CONSTRAINT domain_state_measured_known CHECK (measured IN ('own', 'inherited', 'none'))
) PARTITION BY LIST (last_night);

-- Two parts, so that a night's step reads one row per domain, however many nights there are. Closed spans come in the order of their
-- last nights: the index over blocks leaves out all those that ended before a night.
CREATE TABLE domain_state_open PARTITION OF domain_state FOR VALUES IN (NULL);

CREATE TABLE domain_state_closed PARTITION OF domain_state DEFAULT;

CREATE UNIQUE INDEX domain_state_one_open_span ON domain_state_open (domain_id);

CREATE UNIQUE INDEX domain_state_one_span_a_night ON domain_state_closed (domain_id, first_night);

CREATE INDEX domain_state_by_last_night ON domain_state_closed USING brin (last_night) WITH (pages_per_range = 16);

COMMENT ON TABLE domain_state IS 'What is concluded about each listed domain, as spans of nights: three roll-ups over its mail servers, and where its mail goes. A span also covers nights on which the domain was on no list; view domain_verdict leaves these out.';
COMMENT ON COLUMN domain_state.domain_id IS 'The domain.';
COMMENT ON COLUMN domain_state.first_night IS 'The first night of which all of this was concluded.';
COMMENT ON COLUMN domain_state.last_night IS 'The last night on which the domain was judged before something else was concluded; null while it holds.';
COMMENT ON COLUMN domain_state.mx_hosts IS 'Number of its usable MX hosts, before caps.';
COMMENT ON COLUMN domain_state.hosts_unknown IS 'How many of its MX hosts are neither yes nor no and may be either: those that count, those beyond the cap and, beside a host that counts, those that asked to be left out. 0 where none counts; null where it has no host with an address, and where the DNS failed.';
COMMENT ON COLUMN domain_state.measured_within_nights IS 'Within how many nights every best-preference server of the domain has its turn; null where it has none.';
COMMENT ON COLUMN domain_state.starttls_any IS 'True if any MX host is true, false if every one that counts is false, else null.';
COMMENT ON COLUMN domain_state.starttls_primary IS 'The same over the best-preference MX hosts.';
COMMENT ON COLUMN domain_state.starttls_all_reachable IS 'True if all conclusive MX hosts are true, false if one is false, null if none is conclusive.';
COMMENT ON COLUMN domain_state.name_match_domain IS 'Whether the certificate of one of its best-preference servers names the domain itself (RFC 9525, dNSNames only); null where none showed one.';
COMMENT ON COLUMN domain_state.truncated IS 'Whether a cap of 10 MX hosts, 4 addresses or 20 endpoints left some of its servers out.';
COMMENT ON COLUMN domain_state.mixed_provider IS 'Whether its MX hosts belong to more than one provider.';
COMMENT ON COLUMN domain_state.route IS 'Where its mail goes, or how asking failed.';
COMMENT ON COLUMN domain_state.provider IS 'Provider of its best-preference MX; the first by name where these differ.';
COMMENT ON COLUMN domain_state.measured IS 'own: one of its servers was called by its own name; inherited: only through another name on the same address; none.';

CREATE TABLE domain_night (
    night          date             NOT NULL REFERENCES night,
    method_version text COLLATE "C" NOT NULL,

    CONSTRAINT domain_night_pkey PRIMARY KEY (night)
);

COMMENT ON TABLE domain_night IS 'The nights whose domains were judged: only these are shown. The domains of a night are those of its lists, and what is concluded of them is in domain_state.';
COMMENT ON COLUMN domain_night.night IS 'The night.';
COMMENT ON COLUMN domain_night.method_version IS 'The version of the definitions by which they were judged: the one that is published.';

CREATE TABLE domain_revision (
    observed_at            timestamptz,
    domain_id              bigint      NOT NULL,
    night                  date        NOT NULL,
    mx_hosts               integer     NOT NULL,
    hosts_unknown          integer,
    measured_within_nights integer,
    starttls_any           boolean,
    starttls_primary       boolean,
    starttls_all_reachable boolean,
    name_match_domain      boolean,
    truncated              boolean     NOT NULL,
    mixed_provider         boolean     NOT NULL,
    route                  text        COLLATE "C" NOT NULL,
    provider               text        COLLATE "C",
    measured               text        COLLATE "C" NOT NULL,
    method_version         text        COLLATE "C" NOT NULL,

    CONSTRAINT domain_revision_pkey PRIMARY KEY (night, method_version, domain_id),
    CONSTRAINT domain_revision_route_known CHECK (route IN (
        'mx', 'implicit_mx', 'null_mx', 'no_mail', 'nxdomain', 'dns_servfail', 'dns_malformed', 'dns_timeout', 'dns_bogus',
        'mx_unresolvable', 'mx_invalid')),
    CONSTRAINT domain_revision_measured_known CHECK (measured IN ('own', 'inherited', 'none')),
    CONSTRAINT domain_revision_of_a_version FOREIGN KEY (night, method_version) REFERENCES night_version
);

COMMENT ON TABLE domain_revision IS 'Where a later version of the definitions comes to another verdict on a domain than the one that was published. No row: the same as published. Kept for ever.';
COMMENT ON COLUMN domain_revision.observed_at IS 'When the last of its servers was observed by this version.';
COMMENT ON COLUMN domain_revision.domain_id IS 'The domain.';
COMMENT ON COLUMN domain_revision.night IS 'The night.';
COMMENT ON COLUMN domain_revision.mx_hosts IS 'As in domain_state, by this version. So are the columns after it.';
COMMENT ON COLUMN domain_revision.hosts_unknown IS 'How many of its MX hosts are neither yes nor no and may be either: those that count, those beyond the cap and, beside a host that counts, those that asked to be left out. 0 where none counts; null where it has no host with an address, and where the DNS failed.';
COMMENT ON COLUMN domain_revision.measured_within_nights IS 'Within how many nights every best-preference server of the domain has its turn; null where it has none.';
COMMENT ON COLUMN domain_revision.starttls_any IS 'True if any MX host is true, false if every one that counts is false, else null.';
COMMENT ON COLUMN domain_revision.starttls_primary IS 'The same over the best-preference MX hosts.';
COMMENT ON COLUMN domain_revision.starttls_all_reachable IS 'True if all conclusive MX hosts are true, false if one is false, null if none is conclusive.';
COMMENT ON COLUMN domain_revision.name_match_domain IS 'Whether the certificate of one of its best-preference servers names the domain itself (RFC 9525, dNSNames only); null where none showed one.';
COMMENT ON COLUMN domain_revision.truncated IS 'Whether a cap of 10 MX hosts, 4 addresses or 20 endpoints left some of its servers out.';
COMMENT ON COLUMN domain_revision.mixed_provider IS 'Whether its MX hosts belong to more than one provider.';
COMMENT ON COLUMN domain_revision.route IS 'Where its mail goes, or how asking failed.';
COMMENT ON COLUMN domain_revision.provider IS 'Provider of its best-preference MX; the first by name where these differ.';
COMMENT ON COLUMN domain_revision.measured IS 'own: one of its servers was called by its own name; inherited: only through another name on the same address; none.';
COMMENT ON COLUMN domain_revision.method_version IS 'The later version.';
