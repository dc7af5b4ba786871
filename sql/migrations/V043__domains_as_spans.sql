-- V043: what is concluded about a domain is kept as spans of nights: nothing is written where nothing changed. Nothing is carried over
-- from the rows of each night: nothing was released before (decision 50).

DROP TABLE domain_verdict CASCADE;

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
    night          date NOT NULL REFERENCES night,
    method_version text COLLATE "C" NOT NULL,

    CONSTRAINT domain_night_pkey PRIMARY KEY (night)
);

COMMENT ON TABLE domain_night IS 'The nights whose domains were judged: only these are shown. The domains of a night are those of its lists, and what is concluded of them is in domain_state.';
COMMENT ON COLUMN domain_night.night IS 'The night.';
COMMENT ON COLUMN domain_night.method_version IS 'The version of the definitions by which they were judged: the one that is published.';

CREATE TABLE domain_revision (
    observed_at            timestamptz,
    domain_id              bigint  NOT NULL,
    night                  date    NOT NULL,
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
    method_version         text    COLLATE "C" NOT NULL,

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
COMMENT ON COLUMN domain_revision.method_version IS 'The later version.';

DO $$
DECLARE
    part record;
BEGIN
    FOR part IN
        SELECT revised.attname AS name, col_description(kept.attrelid, kept.attnum) AS words
        FROM pg_attribute AS revised
        JOIN pg_attribute AS kept USING (attname)
        WHERE revised.attrelid = 'domain_revision'::regclass
          AND kept.attrelid = 'domain_state'::regclass
          AND revised.attnum > 0
          AND col_description(revised.attrelid, revised.attnum) IS NULL
    LOOP
        EXECUTE format('COMMENT ON COLUMN domain_revision.%I IS %L', part.name, part.words);
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION open_partitions(for_night date) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['observation', 'raw_reply', 'server_night'] LOOP
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS census.%I PARTITION OF census.%I FOR VALUES FROM (%L) TO (%L)',
            parent || to_char(for_night, '"_"YYYY"_"MM'),
            parent,
            date_trunc('month', for_night)::date,
            (date_trunc('month', for_night) + interval '1 month')::date);
    END LOOP;
END
$$;
