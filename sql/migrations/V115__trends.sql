-- V115: trends. Small, for ever; every ratio with its base

-- The rows of earlier nights are kept as they were counted: the constraints on percentages are not checked for them.
CREATE FUNCTION trend_adds_up(
    weight text, rollup text, n_yes bigint, n_no bigint, n_unknown bigint, n_yes_partial bigint, n_no_partial bigint,
    pct_low numeric, pct_high numeric, coverage numeric)
    RETURNS boolean
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT coverage IS NOT DISTINCT FROM round(100.0 * (n_yes + n_no) / nullif(n_yes + n_no + n_unknown, 0), 2)
        AND (
            -- means over providers do not follow from sums
            starts_with(weight, 'provider')
            OR pct_low IS NOT DISTINCT FROM round(
                100.0 * (n_yes - CASE rollup WHEN 'all_reachable' THEN n_yes_partial ELSE 0 END)
                / nullif(n_yes + n_no + n_unknown, 0), 2)
            AND pct_high IS NOT DISTINCT FROM round(
                100.0 * (n_yes + n_unknown + CASE rollup WHEN 'all_reachable' THEN n_no_partial ELSE 0 END)
                / nullif(n_yes + n_no + n_unknown, 0), 2)
        )
$$;

COMMENT ON FUNCTION trend_adds_up IS
    'Whether the bounds and the coverage of a row of a trend follow from its counts; of the weights provider* only the coverage does.';

CREATE TABLE adoption (
    night          date             NOT NULL REFERENCES night,
    list_id        text COLLATE "C" NOT NULL,
    weight         text COLLATE "C" NOT NULL,
    rollup         text COLLATE "C" NOT NULL,
    metric         text COLLATE "C" NOT NULL,
    rank_band      text COLLATE "C" NOT NULL,
    n_yes          bigint           NOT NULL,
    n_no           bigint           NOT NULL,
    n_unknown      bigint           NOT NULL,
    n_opted_out    bigint           NOT NULL,
    pct            numeric(5, 2),
    pct_low        numeric(5, 2),
    pct_high       numeric(5, 2),
    coverage       numeric(5, 2),
    method_version text COLLATE "C" NOT NULL,
    n_yes_partial  bigint           NOT NULL,
    n_no_partial   bigint           NOT NULL,

    CONSTRAINT adoption_pkey PRIMARY KEY (night, list_id, weight, rollup, metric, rank_band),
    CONSTRAINT adoption_weight_known CHECK (weight IN (
        'domain', 'domain_rankband', 'mx_host', 'mx_ip', 'provider', 'provider_excl_top10')),
    CONSTRAINT adoption_rollup_known CHECK (rollup IN ('any', 'primary', 'all_reachable', '')),
    CONSTRAINT adoption_counts_not_negative CHECK (least(n_yes, n_no, n_unknown, n_opted_out) >= 0),
    CONSTRAINT adoption_bounds_in_order CHECK (pct_low <= pct AND pct <= pct_high),
    CONSTRAINT adoption_partial_is_a_part CHECK (
        n_yes_partial BETWEEN 0 AND n_yes AND n_no_partial BETWEEN 0 AND n_no),
    CONSTRAINT adoption_no_is_whole CHECK (rollup = 'all_reachable' OR n_no_partial = 0),
    CONSTRAINT adoption_bounds_hold CHECK (
        0 <= pct_low AND pct_low <= pct_high AND pct_high <= 100 AND pct_low <= pct AND pct <= pct_high),
    CONSTRAINT adoption_counts_add_up CHECK (trend_adds_up(
        weight, rollup, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, pct_low, pct_high, coverage))
);

COMMENT ON TABLE adoption IS 'How many have what, per night: one row per list, weighting, roll-up and metric.';
COMMENT ON COLUMN adoption.night IS 'The night.';
COMMENT ON COLUMN adoption.list_id IS 'The list, or all for every list of the night together.';
COMMENT ON COLUMN adoption.weight IS 'What counts as one: a domain, an MX host name, an address, a provider.';
COMMENT ON COLUMN adoption.rollup IS 'How a domain''s servers add up: any, primary, all_reachable; empty where the unit is no domain.';
COMMENT ON COLUMN adoption.metric IS 'What is counted; numerator and denominator in the codebook.';
COMMENT ON COLUMN adoption.rank_band IS 'For weight domain_rankband: 1k, 10k, 100k or 1M (ranks from 1 to that); else empty.';
COMMENT ON COLUMN adoption.n_yes IS 'Units that have it.';
COMMENT ON COLUMN adoption.n_no IS 'Units that were conclusively seen not to have it.';
COMMENT ON COLUMN adoption.n_unknown IS 'Units that might have it: blocked, unreachable, not called tonight. In no denominator of pct, in that of the bounds.';
COMMENT ON COLUMN adoption.n_opted_out IS 'Units left out because they asked to be; in no denominator.';
COMMENT ON COLUMN adoption.pct IS '100 n_yes / (n_yes + n_no); for weights provider*: the mean over providers.';
COMMENT ON COLUMN adoption.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown), by all_reachable without n_yes_partial; for weights provider*: the mean over providers.';
COMMENT ON COLUMN adoption.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown), by all_reachable with n_no_partial above the line; for weights provider*: the mean over providers.';
COMMENT ON COLUMN adoption.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown).';
COMMENT ON COLUMN adoption.method_version IS 'Version of the definitions.';
COMMENT ON COLUMN adoption.n_yes_partial IS 'Units among n_yes of which something was not reached.';
COMMENT ON COLUMN adoption.n_no_partial IS 'Units among n_no of which something was not reached: 0 but by the roll-up all_reachable.';

CREATE TABLE distribution_value (
    value_id integer            GENERATED ALWAYS AS IDENTITY,
    kind     text               COLLATE "C" NOT NULL,
    words    text[] COLLATE "C" NOT NULL,

    CONSTRAINT distribution_value_pkey PRIMARY KEY (value_id),
    CONSTRAINT distribution_value_once UNIQUE (kind, words),
    CONSTRAINT distribution_value_kind_known CHECK (
        kind IN ('tls_version', 'cipher_suite', 'key_exchange_group', 'certificate')),
    CONSTRAINT distribution_value_words_are_of_its_kind CHECK (
        cardinality(words) = CASE kind WHEN 'certificate' THEN 5 ELSE 1 END AND array_position(words, NULL) IS NULL),
    CONSTRAINT distribution_value_tls_version_known CHECK (
        kind <> 'tls_version' OR words[1] IN ('TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'))
);

COMMENT ON TABLE distribution_value IS 'What finished handshakes showed, each value once for all nights.';
COMMENT ON COLUMN distribution_value.value_id IS 'Its number.';
COMMENT ON COLUMN distribution_value.kind IS 'Of what it is a value: tls_version, cipher_suite, key_exchange_group or certificate.';
COMMENT ON COLUMN distribution_value.words IS 'The value. Of a certificate five words: verdict on the chain, type and size of the key, algorithm of the signature, organisation of the root; or one of these (type and size together), and all in the place of the others.';

CREATE TABLE distribution (
    night          date          NOT NULL REFERENCES night,
    value_id       integer       NOT NULL REFERENCES distribution_value,
    n_yes          bigint        NOT NULL,
    n_no           bigint        NOT NULL,
    n_unknown      bigint        NOT NULL,
    n_yes_partial  bigint        NOT NULL,
    n_no_partial   bigint        NOT NULL,
    n_opted_out    bigint        NOT NULL,
    list_id        text          COLLATE "C" NOT NULL,
    weight         text          COLLATE "C" NOT NULL,
    rollup         text          COLLATE "C" NOT NULL,
    pct            numeric(5, 2),
    pct_low        numeric(5, 2),
    pct_high       numeric(5, 2),
    coverage       numeric(5, 2),
    method_version text          COLLATE "C" NOT NULL,

    -- One value over all nights is one range. Whole nights are written one after the other: see the index on night.
    CONSTRAINT distribution_pkey PRIMARY KEY (list_id, weight, rollup, value_id, night),
    CONSTRAINT distribution_weight_known CHECK (weight IN ('domain', 'mx_host', 'mx_ip', 'provider', 'provider_excl_top10')),
    CONSTRAINT distribution_rollup_known CHECK (rollup IN ('any', 'primary', 'all_reachable', '')),
    CONSTRAINT distribution_counts_not_negative CHECK (least(n_yes, n_no, n_unknown, n_opted_out) >= 0),
    CONSTRAINT distribution_partial_is_a_part CHECK (
        n_yes_partial BETWEEN 0 AND n_yes AND n_no_partial BETWEEN 0 AND n_no),
    CONSTRAINT distribution_no_is_whole CHECK (rollup = 'all_reachable' OR n_no_partial = 0),
    CONSTRAINT distribution_bounds_hold CHECK (
        0 <= pct_low AND pct_low <= pct_high AND pct_high <= 100 AND pct_low <= pct AND pct <= pct_high),
    CONSTRAINT distribution_counts_add_up CHECK (trend_adds_up(
        weight, rollup, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, pct_low, pct_high, coverage))
);

CREATE INDEX distribution_by_night ON distribution USING brin (night) WITH (pages_per_range = 16);

COMMENT ON TABLE distribution IS 'What finished handshakes showed, per night: one row per list, weighting, roll-up and value that was seen that night; of TLS versions all four.';
COMMENT ON COLUMN distribution.night IS 'The night.';
COMMENT ON COLUMN distribution.value_id IS 'The value.';
COMMENT ON COLUMN distribution.n_yes IS 'Units that showed it.';
COMMENT ON COLUMN distribution.n_no IS 'Units that showed another, and not this one.';
COMMENT ON COLUMN distribution.n_unknown IS 'Units that might have shown it, but of which nothing conclusive is known tonight.';
COMMENT ON COLUMN distribution.n_yes_partial IS 'Units among n_yes of which something was not reached.';
COMMENT ON COLUMN distribution.n_no_partial IS 'Units among n_no of which something was not reached: 0 but by the roll-up all_reachable.';
COMMENT ON COLUMN distribution.n_opted_out IS 'Units left out because they asked to be.';
COMMENT ON COLUMN distribution.list_id IS 'The list, or all for every list of the night together.';
COMMENT ON COLUMN distribution.weight IS 'What counts as one: a domain, an MX host name, an address, a provider.';
COMMENT ON COLUMN distribution.rollup IS 'How a domain''s servers add up; empty where the unit is no domain.';
COMMENT ON COLUMN distribution.pct IS '100 n_yes / units that showed any value; for weights provider*: the mean over providers. Null at denominator 0.';
COMMENT ON COLUMN distribution.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown), by all_reachable without n_yes_partial; for weights provider*: the mean over providers.';
COMMENT ON COLUMN distribution.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown), by all_reachable with n_no_partial above the line; for weights provider*: the mean over providers.';
COMMENT ON COLUMN distribution.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown).';
COMMENT ON COLUMN distribution.method_version IS 'Version of the definitions.';
