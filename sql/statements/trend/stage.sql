-- Temporary tables of the step aggregate; they end with its transaction.
--
-- For each metric a unit (server, host, address, domain) is yes, no, unknown, or out of the denominator. Three strings
-- of bits hold these answers, with one bit per metric; if none of the three has a metric's bit, the unit is out. So a
-- roll-up is one bit_or for all metrics, however many there are. A string is as long as the list of metrics.
--
-- Hundreds of thousands of servers have a few hundred different answers, and so it is with hosts and sets of MX
-- records. Each combination is a pattern with a number, and is rolled up once. Number 0 is always what nothing is known of:
-- it counts, and every metric is unknown.

-- Servers with equal facts. offered and encrypted are the two denominators that metrics build on.
CREATE TEMPORARY TABLE trend_seen (
    kind               integer NOT NULL,
    endpoint_ids       bigint[] NOT NULL,
    standing           text COLLATE "C" NOT NULL,
    chain              text COLLATE "C",
    chain_ok           boolean,
    expired            boolean,
    self_signed        boolean,
    weak_key           boolean,
    weak_signature     boolean,
    name_match         text COLLATE "C",
    key_exchange_group text COLLATE "C",
    offered            text COLLATE "C" NOT NULL,
    encrypted          text COLLATE "C" NOT NULL
) ON COMMIT DROP;

-- Their answers: yes, no, unknown or out.
CREATE TEMPORARY TABLE trend_finding (
    kind   integer NOT NULL,
    metric text COLLATE "C" NOT NULL,
    answer text COLLATE "C" NOT NULL
) ON COMMIT DROP;

-- The metrics, and the place of each in the strings of bits.
CREATE TEMPORARY TABLE trend_metric (
    name  text COLLATE "C" NOT NULL,
    place integer NOT NULL
) ON COMMIT DROP;

-- Different answers of servers. standing: as in tonight_answer. A server that counts has answers. One of another family
-- than our addresses is unknown wherever it is not looked at beside the other addresses of its host. shows: whether a
-- handshake finished; is_open: whether that is unknown.
CREATE TEMPORARY TABLE trend_pattern (
    pattern_id integer     NOT NULL,
    standing   text COLLATE "C" NOT NULL,
    yes        bit varying NOT NULL,
    no         bit varying NOT NULL,
    unknown    bit varying NOT NULL,
    shows      boolean     NOT NULL,
    is_open    boolean     NOT NULL
) ON COMMIT DROP;

-- Each planned server, once.
CREATE TEMPORARY TABLE trend_server (
    endpoint_id bigint  NOT NULL,
    address     inet    NOT NULL,
    provider    text    COLLATE "C" NOT NULL,
    pattern_id  integer NOT NULL
) ON COMMIT DROP;

-- The servers behind each set of MX records. endpoint_id is null for what a host may have beside them: its address
-- lookup failed, or a cap left some out.
CREATE TEMPORARY TABLE trend_set_server (
    mx_set_id    bigint  NOT NULL,
    mail_host_id bigint  NOT NULL,
    endpoint_id  bigint,
    is_best      boolean NOT NULL
) ON COMMIT DROP;

-- Different answers of hosts. standing: counts, opted_out, silent or left. doubt: of which metrics a host is unknown,
-- or would be beside a host that counts. shows: whether a handshake finished at one of its servers; is_open: whether
-- one may still finish at another.
CREATE TEMPORARY TABLE trend_host_pattern (
    host_pattern_id integer     NOT NULL,
    standing        text COLLATE "C" NOT NULL,
    yes             bit varying NOT NULL,
    no              bit varying NOT NULL,
    doubt           bit varying NOT NULL,
    shows           boolean     NOT NULL,
    is_open         boolean     NOT NULL
) ON COMMIT DROP;

-- The hosts of each set.
CREATE TEMPORARY TABLE trend_host (
    mx_set_id       bigint  NOT NULL,
    mail_host_id    bigint  NOT NULL,
    is_best         boolean NOT NULL,
    host_pattern_id integer NOT NULL
) ON COMMIT DROP;

-- Different answers of sets, by each of the three roll-ups. partial: in which metrics one of its hosts is unknown,
-- whatever the set says. shows, is_open: as for its hosts. is_firm: whether one of its hosts shows something and is not
-- open.
CREATE TEMPORARY TABLE trend_set_pattern (
    set_pattern_id integer     NOT NULL,
    rollup         text COLLATE "C" NOT NULL,
    is_opted_out   boolean     NOT NULL,
    yes            bit varying NOT NULL,
    no             bit varying NOT NULL,
    unknown        bit varying NOT NULL,
    partial        bit varying NOT NULL,
    shows          boolean     NOT NULL,
    is_firm        boolean     NOT NULL,
    is_open        boolean     NOT NULL
) ON COMMIT DROP;

-- Each set. is_cut: for domains with more hosts than the set holds.
CREATE TEMPORARY TABLE trend_set (
    mx_set_id      bigint  NOT NULL,
    is_cut         boolean NOT NULL,
    set_pattern_id integer NOT NULL
) ON COMMIT DROP;

-- Every list with domains, and the list whose counts it has: a night's only list has the counts of all lists together.
CREATE TEMPORARY TABLE trend_list (
    list_id    text COLLATE "C" NOT NULL,
    counted_as text COLLATE "C" NOT NULL,
    has_ranks  boolean NOT NULL
) ON COMMIT DROP;

-- The number of a list's domains on each set; mx_set_id is null for domains whose route is unknown. is_cut: those that
-- have more hosts than the set holds.
CREATE TEMPORARY TABLE trend_listed_set (
    list_id      text COLLATE "C" NOT NULL,
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
    list_id      text COLLATE "C" NOT NULL,
    mail_host_id bigint NOT NULL,
    endpoint_id  bigint
) ON COMMIT DROP;

-- Units with equal answers; the last columns are as in trend_set_pattern. For the weights provider*: the units of one
-- provider, and the number of providers with exactly the same; for other weights provider is empty and providers is 1.
CREATE TEMPORARY TABLE trend_tally (
    list_id      text COLLATE "C" NOT NULL,
    weight       text COLLATE "C" NOT NULL,
    rollup       text COLLATE "C" NOT NULL,
    rank_band    text COLLATE "C" NOT NULL,
    provider     text COLLATE "C" NOT NULL,
    providers    bigint      NOT NULL,
    is_opted_out boolean     NOT NULL,
    yes          bit varying NOT NULL,
    no           bit varying NOT NULL,
    unknown      bit varying NOT NULL,
    partial      bit varying NOT NULL,
    shows        boolean     NOT NULL,
    is_firm      boolean     NOT NULL,
    is_open      boolean     NOT NULL,
    units        bigint      NOT NULL
) ON COMMIT DROP;

-- The rank of each provider by its number of domains on a list.
CREATE TEMPORARY TABLE trend_provider (
    list_id  text   COLLATE "C" NOT NULL,
    provider text   COLLATE "C" NOT NULL,
    place    bigint NOT NULL
) ON COMMIT DROP
