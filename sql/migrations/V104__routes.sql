-- V104: where the mail of each domain goes, as spans of nights

CREATE TABLE mail_host (
    mail_host_id bigint           GENERATED ALWAYS AS IDENTITY,
    name         text COLLATE "C" NOT NULL,
    is_opted_out boolean          NOT NULL DEFAULT false,

    CONSTRAINT mail_host_pkey PRIMARY KEY (mail_host_id),
    CONSTRAINT mail_host_name_once UNIQUE (name),
    CONSTRAINT mail_host_name_is_a_host CHECK (name !~ '[^a-z0-9._-]' AND length(name) BETWEEN 1 AND 253)
);

CREATE INDEX mail_host_opted_out ON mail_host (name) WHERE is_opted_out;

COMMENT ON TABLE mail_host IS 'Every name an MX record, or an implicit MX, ever pointed to.';
COMMENT ON COLUMN mail_host.mail_host_id IS 'Stable key.';
COMMENT ON COLUMN mail_host.name IS 'Lower case, ASCII, no trailing dot; underscores occur.';
COMMENT ON COLUMN mail_host.is_opted_out IS 'Whether the host, or a name above it, is in opt_out.';

CREATE TABLE mx_set (
    mx_set_id bigint GENERATED ALWAYS AS IDENTITY,
    sha256    bytea  NOT NULL,

    CONSTRAINT mx_set_pkey PRIMARY KEY (mx_set_id),
    CONSTRAINT mx_set_same_members_once UNIQUE (sha256),
    CONSTRAINT mx_set_sha256_size CHECK (octet_length(sha256) = 32)
);

COMMENT ON TABLE mx_set IS 'A set of MX records that many domains may share, at most 10 records, stored once.';
COMMENT ON COLUMN mx_set.mx_set_id IS 'Key of the set.';
COMMENT ON COLUMN mx_set.sha256 IS 'SHA-256 over its members as "preference host" lines in order.';

CREATE TABLE mx_set_member (
    mx_set_id    bigint  NOT NULL REFERENCES mx_set,
    mail_host_id bigint  NOT NULL REFERENCES mail_host,
    preference   integer NOT NULL,

    CONSTRAINT mx_set_member_pkey PRIMARY KEY (mx_set_id, mail_host_id),
    CONSTRAINT mx_set_member_preference_in_range CHECK (preference BETWEEN 0 AND 65535)
);

CREATE INDEX mx_set_member_by_host ON mx_set_member (mail_host_id);

COMMENT ON TABLE mx_set_member IS 'The MX records of a set.';
COMMENT ON COLUMN mx_set_member.mx_set_id IS 'The set.';
COMMENT ON COLUMN mx_set_member.mail_host_id IS 'The host an MX record names; for an implicit MX the domain itself.';
COMMENT ON COLUMN mx_set_member.preference IS 'MX preference; the lowest is tried first. 0 for an implicit MX.';

CREATE TABLE mail_route (
    domain_id   bigint  NOT NULL,
    first_night date    NOT NULL,
    last_night  date,
    route       text    NOT NULL,
    mx_set_id   bigint  REFERENCES mx_set,
    mx_seen     integer NOT NULL,

    CONSTRAINT mail_route_pkey PRIMARY KEY (domain_id, first_night),
    CONSTRAINT mail_route_known CHECK (
        route IN ('mx', 'implicit_mx', 'null_mx', 'no_mail', 'nxdomain', 'mx_unresolvable', 'mx_invalid')
    ),
    CONSTRAINT mail_route_hosts_where_there_are_some CHECK (
        (mx_set_id IS NOT NULL) = (route IN ('mx', 'implicit_mx', 'mx_unresolvable'))
    ),
    CONSTRAINT mail_route_ends_after_it_begins CHECK (last_night >= first_night),
    CONSTRAINT mail_route_spans_apart EXCLUDE USING gist (
        int8range(domain_id, domain_id, '[]') WITH &&,
        daterange(first_night, last_night, '[]') WITH &&
    )
);

CREATE UNIQUE INDEX mail_route_one_open_span ON mail_route (domain_id) WHERE last_night IS NULL;

-- From a mail host to its domains. A set has one entry for all its domains.
CREATE INDEX mail_route_by_set ON mail_route (mx_set_id) WHERE mx_set_id IS NOT NULL;

COMMENT ON TABLE mail_route IS 'What the DNS said of a domain''s mail, as spans of nights. Nights on which it could not be asked are in route_failure.';
COMMENT ON COLUMN mail_route.domain_id IS 'The domain.';
COMMENT ON COLUMN mail_route.first_night IS 'The first night this was seen.';
COMMENT ON COLUMN mail_route.last_night IS 'The night before something else was seen; null while it holds.';
COMMENT ON COLUMN mail_route.route IS 'Kind of route, see the codebook; failures to find out are never stored here.';
COMMENT ON COLUMN mail_route.mx_set_id IS 'The MX records, where there are usable ones.';
COMMENT ON COLUMN mail_route.mx_seen IS 'Usable distinct MX records before the cap of 10; more than the set holds means truncated.';

CREATE TABLE route_failure (
    night     date   NOT NULL REFERENCES night,
    domain_id bigint NOT NULL,
    route     text   NOT NULL,

    CONSTRAINT route_failure_pkey PRIMARY KEY (night, domain_id),
    CONSTRAINT route_failure_known CHECK (
        route IN ('dns_servfail', 'dns_malformed', 'dns_timeout', 'dns_bogus')
    )
);

COMMENT ON TABLE route_failure IS 'Domains whose route could not be found out on a night. Never to be read as "no MX".';
COMMENT ON COLUMN route_failure.night IS 'The night.';
COMMENT ON COLUMN route_failure.domain_id IS 'The domain.';
COMMENT ON COLUMN route_failure.route IS 'How asking failed.';

CREATE TABLE host_addresses (
    mail_host_id bigint  NOT NULL,
    first_night  date    NOT NULL,
    last_night   date,
    status       text    NOT NULL,
    aliases      text[]  NOT NULL,
    addresses    inet[]  NOT NULL,
    seen         integer NOT NULL,

    CONSTRAINT host_addresses_pkey PRIMARY KEY (mail_host_id, first_night),
    CONSTRAINT host_addresses_status_known CHECK (status IN ('found', 'no_address', 'nxdomain')),
    CONSTRAINT host_addresses_found_means_some CHECK ((status = 'found') = (cardinality(addresses) > 0)),
    CONSTRAINT host_addresses_at_most_four CHECK (cardinality(addresses) <= 4),
    CONSTRAINT host_addresses_end_after_they_begin CHECK (last_night >= first_night),
    CONSTRAINT host_addresses_spans_apart EXCLUDE USING gist (
        int8range(mail_host_id, mail_host_id, '[]') WITH &&,
        daterange(first_night, last_night, '[]') WITH &&
    )
);

CREATE UNIQUE INDEX host_addresses_one_open_span ON host_addresses (mail_host_id) WHERE last_night IS NULL;

COMMENT ON TABLE host_addresses IS 'A and AAAA of each mail host, as spans of nights. Nights on which they could not be asked are in host_failure.';
COMMENT ON COLUMN host_addresses.mail_host_id IS 'The host.';
COMMENT ON COLUMN host_addresses.first_night IS 'The first night this was seen.';
COMMENT ON COLUMN host_addresses.last_night IS 'The night before something else was seen; null while it holds.';
COMMENT ON COLUMN host_addresses.status IS 'found, no_address (the name exists without A and AAAA) or nxdomain.';
COMMENT ON COLUMN host_addresses.aliases IS 'CNAME targets in the order they were followed.';
COMMENT ON COLUMN host_addresses.addresses IS 'At most 4 addresses, IPv4 first, ascending.';
COMMENT ON COLUMN host_addresses.seen IS 'Distinct addresses before the cap of 4; more than stored means truncated.';

CREATE TABLE host_failure (
    night        date   NOT NULL REFERENCES night,
    mail_host_id bigint NOT NULL,
    status       text   NOT NULL,

    CONSTRAINT host_failure_pkey PRIMARY KEY (night, mail_host_id),
    CONSTRAINT host_failure_status_known CHECK (
        status IN ('servfail', 'malformed', 'timeout', 'bogus')
    )
);

COMMENT ON TABLE host_failure IS 'Mail hosts whose addresses could not be found out on a night.';
COMMENT ON COLUMN host_failure.night IS 'The night.';
COMMENT ON COLUMN host_failure.mail_host_id IS 'The host.';
COMMENT ON COLUMN host_failure.status IS 'How asking failed.';

CREATE TABLE endpoint (
    endpoint_id  bigint  GENERATED ALWAYS AS IDENTITY,
    mail_host_id bigint  NOT NULL REFERENCES mail_host,
    address      inet    NOT NULL,
    is_opted_out boolean NOT NULL DEFAULT false,

    CONSTRAINT endpoint_pkey PRIMARY KEY (endpoint_id),
    CONSTRAINT endpoint_once UNIQUE (mail_host_id, address),
    CONSTRAINT endpoint_address_is_a_host CHECK (masklen(address) = CASE family(address) WHEN 4 THEN 32 ELSE 128 END)
);

-- All names of an address: who else was called there, and when.
CREATE INDEX endpoint_by_address ON endpoint (address);

COMMENT ON TABLE endpoint IS 'The unit of probing: one address of one mail server name. Ids are stable.';
COMMENT ON COLUMN endpoint.endpoint_id IS 'Stable key.';
COMMENT ON COLUMN endpoint.mail_host_id IS 'The name, to which SNI, certificate names and DANE refer.';
COMMENT ON COLUMN endpoint.address IS 'The address, which carries the limits.';
COMMENT ON COLUMN endpoint.is_opted_out IS 'Whether its mail host or its address is in opt_out.';
