-- Temporary tables of the step aggregate; they end with its transaction.
--
-- For each metric a unit (server, host, address, domain) is yes, no, unknown, or out of the denominator. Three bit sets
-- hold these answers, with one bit per metric; if none of the three has a metric's bit, the unit is out. So a roll-up
-- is one bit_or for all metrics, and a million domains form a few hundred kinds before anything is counted.

CREATE TEMPORARY TABLE trend_metric (
    name           text    NOT NULL,
    is_tls_version boolean NOT NULL,
    bit            integer NOT NULL
) ON COMMIT DROP;

INSERT INTO trend_metric (name, is_tls_version, bit)
SELECT name, starts_with(name, 'TLS'), 1 << (ordinal - 1)::integer
FROM unnest(ARRAY[
    'starttls_offered', 'tls_handshake_ok', 'pkix_valid_mx', 'pkix_chain_ok', 'expired', 'self_signed', 'name_mismatch',
    'weak_key', 'weak_signature', 'pq_hybrid', 'TLSv1', 'TLSv1.1', 'TLSv1.2',
    'TLSv1.3']) WITH ORDINALITY AS known (name, ordinal);

-- Each planned server, once. standing: as in tonight_answer. A server that counts has answers. One of another family
-- than our addresses is unknown wherever it is not looked at beside the other addresses of its host.
CREATE TEMPORARY TABLE trend_server (
    endpoint_id bigint  NOT NULL,
    address     inet    NOT NULL,
    provider    text    NOT NULL,
    standing    text    NOT NULL,
    yes         integer NOT NULL,
    no          integer NOT NULL,
    unknown     integer NOT NULL
) ON COMMIT DROP;

-- The servers behind each set of MX records. endpoint_id is null for what a host may have beside them: its address
-- lookup failed, or a cap left some out.
CREATE TEMPORARY TABLE trend_set_server (
    mx_set_id    bigint  NOT NULL,
    mail_host_id bigint  NOT NULL,
    endpoint_id  bigint,
    is_best      boolean NOT NULL
) ON COMMIT DROP;

-- The hosts of each set. standing: counts, opted_out, silent or left. doubt: of which metrics a host is unknown, or
-- would be beside a host that counts. shows: whether a handshake finished at one of its servers; is_open: whether one
-- may still finish at another.
CREATE TEMPORARY TABLE trend_host (
    mx_set_id    bigint  NOT NULL,
    mail_host_id bigint  NOT NULL,
    is_best      boolean NOT NULL,
    standing     text    NOT NULL,
    yes          integer NOT NULL,
    no           integer NOT NULL,
    doubt        integer NOT NULL,
    shows        boolean NOT NULL,
    is_open      boolean NOT NULL
) ON COMMIT DROP;

-- The answers of each set, by each of the three roll-ups. is_cut: for domains with more hosts than the set holds.
-- partial: in which metrics one of its hosts is unknown, whatever the set says. shows, is_open: as for its hosts.
-- is_firm: whether one of its hosts shows something and is not open.
CREATE TEMPORARY TABLE trend_set (
    mx_set_id    bigint  NOT NULL,
    is_cut       boolean NOT NULL,
    rollup       text    NOT NULL,
    is_opted_out boolean NOT NULL,
    yes          integer NOT NULL,
    no           integer NOT NULL,
    unknown      integer NOT NULL,
    partial      integer NOT NULL,
    shows        boolean NOT NULL,
    is_firm      boolean NOT NULL,
    is_open      boolean NOT NULL
) ON COMMIT DROP;

-- Every list with domains, and the list whose counts it has: a night's only list has the counts of all lists together.
CREATE TEMPORARY TABLE trend_list (
    list_id    text    NOT NULL,
    counted_as text    NOT NULL,
    has_ranks  boolean NOT NULL
) ON COMMIT DROP;

-- The number of a list's domains on each set; mx_set_id is null for domains whose route is unknown. is_cut: those that
-- have more hosts than the set holds.
CREATE TEMPORARY TABLE trend_listed_set (
    list_id      text    NOT NULL,
    mx_set_id    bigint,
    is_cut       boolean NOT NULL,
    domains      bigint  NOT NULL,
    domains_1k   bigint  NOT NULL,
    domains_10k  bigint  NOT NULL,
    domains_100k bigint  NOT NULL,
    domains_1m   bigint  NOT NULL
) ON COMMIT DROP;

-- The servers that the domains of a list lead to, each once. endpoint_id is null as in trend_set_server.
CREATE TEMPORARY TABLE trend_reached (
    list_id      text   NOT NULL,
    mail_host_id bigint NOT NULL,
    endpoint_id  bigint
) ON COMMIT DROP;

-- Units with equal answers; the last columns are as in trend_set. For the weights provider*: the units of one provider,
-- and the number of providers with exactly the same; for other weights provider is empty and providers is 1.
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
    partial      integer NOT NULL,
    shows        boolean NOT NULL,
    is_firm      boolean NOT NULL,
    is_open      boolean NOT NULL,
    units        bigint  NOT NULL
) ON COMMIT DROP;

-- The rank of each provider by its number of domains on a list.
CREATE TEMPORARY TABLE trend_provider (
    list_id  text   NOT NULL,
    provider text   NOT NULL,
    place    bigint NOT NULL
) ON COMMIT DROP
