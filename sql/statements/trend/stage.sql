-- The working tables of the step aggregate, gone with its transaction.
--
-- A unit (server, host, address, domain) answers each metric with yes, no, unknown, or is out of its denominator. The answers
-- to all metrics stand in three sets of bits, one bit per metric; where none of the three is set, the unit is out. So a roll-up
-- is one bit_or however many metrics there are, and a million domains fall into a few hundred kinds before anything is counted.

CREATE TEMPORARY TABLE trend_metric (
    name           text    NOT NULL,
    is_tls_version boolean NOT NULL,
    bit            integer NOT NULL
) ON COMMIT DROP;

INSERT INTO trend_metric (name, is_tls_version, bit)
SELECT name, starts_with(name, 'TLS'), 1 << (ordinal - 1)::integer
FROM unnest(ARRAY[
    'starttls_offered', 'tls_handshake_ok', 'pkix_valid_mx', 'pkix_chain_ok', 'expired', 'self_signed', 'name_mismatch',
    'weak_key', 'weak_signature', 'pq_hybrid', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']) WITH ORDINALITY AS known (name, ordinal);

-- Each planned server, once.
CREATE TEMPORARY TABLE trend_server (
    endpoint_id  bigint  NOT NULL,
    address      inet    NOT NULL,
    provider     text    NOT NULL,
    is_opted_out boolean NOT NULL,
    yes          integer NOT NULL,
    no           integer NOT NULL,
    unknown      integer NOT NULL
) ON COMMIT DROP;

-- The servers behind each set of MX records. endpoint_id is null where the host's addresses could not be asked.
CREATE TEMPORARY TABLE trend_set_server (
    mx_set_id    bigint  NOT NULL,
    mail_host_id bigint  NOT NULL,
    endpoint_id  bigint,
    is_best      boolean NOT NULL
) ON COMMIT DROP;

-- What each set answers, by each of the three roll-ups.
CREATE TEMPORARY TABLE trend_set (
    mx_set_id    bigint  NOT NULL,
    rollup       text    NOT NULL,
    is_opted_out boolean NOT NULL,
    yes          integer NOT NULL,
    no           integer NOT NULL,
    unknown      integer NOT NULL
) ON COMMIT DROP;

-- Every list that has domains, and the one whose counts are its own: a night's only list is the same as all lists together.
CREATE TEMPORARY TABLE trend_list (
    list_id    text    NOT NULL,
    counted_as text    NOT NULL,
    has_ranks  boolean NOT NULL
) ON COMMIT DROP;

-- How many domains of a list are on a set; mx_set_id is null for those of which nothing could be found out.
CREATE TEMPORARY TABLE trend_listed_set (
    list_id      text   NOT NULL,
    mx_set_id    bigint,
    domains      bigint NOT NULL,
    domains_1k   bigint NOT NULL,
    domains_10k  bigint NOT NULL,
    domains_100k bigint NOT NULL,
    domains_1m   bigint NOT NULL
) ON COMMIT DROP;

-- The servers that the domains of a list lead to, each once. endpoint_id is null where the host's addresses could not be asked.
CREATE TEMPORARY TABLE trend_reached (
    list_id      text   NOT NULL,
    mail_host_id bigint NOT NULL,
    endpoint_id  bigint
) ON COMMIT DROP;

-- Units that are counted alike. For the weights provider*: the units of one provider, which stands for so many providers that
-- have just the same; for all others provider is empty and providers is 1.
CREATE TEMPORARY TABLE trend_tally (
    list_id      text    NOT NULL,
    weight       text    NOT NULL,
    rollup       text    NOT NULL,
    rank_band    text    NOT NULL,
    provider     text    NOT NULL,
    providers    bigint  NOT NULL,
    is_opted_out boolean NOT NULL,
    yes          integer NOT NULL,
    no           integer NOT NULL,
    unknown      integer NOT NULL,
    units        bigint  NOT NULL
) ON COMMIT DROP;

-- The place of each provider by the domains of a list that are on it.
CREATE TEMPORARY TABLE trend_provider (
    list_id  text   NOT NULL,
    provider text   NOT NULL,
    place    bigint NOT NULL
) ON COMMIT DROP
