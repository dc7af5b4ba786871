-- V029: roll-ups are three-valued, and say of how much something was not reached (decision 0034).

ALTER TABLE domain_verdict
    ADD COLUMN hosts_unknown integer,
    ADD CONSTRAINT domain_verdict_hosts_unknown_not_negative CHECK (hosts_unknown >= 0);

COMMENT ON COLUMN domain_verdict.hosts_unknown IS 'How many of its MX hosts count and are neither yes nor no, those beyond the cap among them; null where it has no host with an address, where the DNS failed, and for nights before it was kept.';
COMMENT ON COLUMN domain_verdict.starttls_any IS 'True if any MX host is true, false if every one that counts is false, else null.';

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

ALTER TABLE adoption
    ADD COLUMN n_yes_partial bigint,
    ADD COLUMN n_no_partial  bigint,
    ADD CONSTRAINT adoption_partial_is_a_part CHECK (
        n_yes_partial BETWEEN 0 AND n_yes AND n_no_partial BETWEEN 0 AND n_no),
    ADD CONSTRAINT adoption_no_is_whole CHECK (rollup = 'all_reachable' OR n_no_partial = 0),
    ADD CONSTRAINT adoption_bounds_hold CHECK (
        0 <= pct_low AND pct_low <= pct_high AND pct_high <= 100 AND pct_low <= pct AND pct <= pct_high) NOT VALID,
    ADD CONSTRAINT adoption_counts_add_up CHECK (trend_adds_up(
        weight, rollup, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, pct_low, pct_high, coverage)) NOT VALID;

COMMENT ON COLUMN adoption.n_yes_partial IS 'Units among n_yes of which something was not reached; null for nights before it was counted.';
COMMENT ON COLUMN adoption.n_no_partial IS 'Units among n_no of which something was not reached: 0 but by the roll-up all_reachable; null for nights before it was counted.';
COMMENT ON COLUMN adoption.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown), by all_reachable without n_yes_partial; for weights provider*: the mean over providers.';
COMMENT ON COLUMN adoption.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown), by all_reachable with n_no_partial above the line; for weights provider*: the mean over providers.';

ALTER TABLE tls_version
    ADD COLUMN n_yes_partial bigint,
    ADD COLUMN n_no_partial  bigint,
    ADD CONSTRAINT tls_version_partial_is_a_part CHECK (
        n_yes_partial BETWEEN 0 AND n_yes AND n_no_partial BETWEEN 0 AND n_no),
    ADD CONSTRAINT tls_version_no_is_whole CHECK (rollup = 'all_reachable' OR n_no_partial = 0),
    ADD CONSTRAINT tls_version_bounds_hold CHECK (
        0 <= pct_low AND pct_low <= pct_high AND pct_high <= 100 AND pct_low <= pct AND pct <= pct_high) NOT VALID,
    ADD CONSTRAINT tls_version_counts_add_up CHECK (trend_adds_up(
        weight, rollup, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, pct_low, pct_high, coverage)) NOT VALID;

COMMENT ON COLUMN tls_version.n_yes_partial IS 'Units among n_yes of which something was not reached; null for nights before it was counted.';
COMMENT ON COLUMN tls_version.n_no_partial IS 'Units among n_no of which something was not reached: 0 but by the roll-up all_reachable; null for nights before it was counted.';
COMMENT ON COLUMN tls_version.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown), by all_reachable without n_yes_partial; for weights provider*: the mean over providers.';
COMMENT ON COLUMN tls_version.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown), by all_reachable with n_no_partial above the line; for weights provider*: the mean over providers.';
COMMENT ON COLUMN tls_version.pct IS '100 n_yes / units that showed any value; for weights provider*: the mean over providers.';

ALTER TABLE cipher_suite
    ADD COLUMN n_yes_partial bigint,
    ADD COLUMN n_no_partial  bigint,
    ADD CONSTRAINT cipher_suite_partial_is_a_part CHECK (
        n_yes_partial BETWEEN 0 AND n_yes AND n_no_partial BETWEEN 0 AND n_no),
    ADD CONSTRAINT cipher_suite_no_is_whole CHECK (rollup = 'all_reachable' OR n_no_partial = 0),
    ADD CONSTRAINT cipher_suite_bounds_hold CHECK (
        0 <= pct_low AND pct_low <= pct_high AND pct_high <= 100 AND pct_low <= pct AND pct <= pct_high) NOT VALID,
    ADD CONSTRAINT cipher_suite_counts_add_up CHECK (trend_adds_up(
        weight, rollup, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, pct_low, pct_high, coverage)) NOT VALID;

COMMENT ON COLUMN cipher_suite.n_yes_partial IS 'Units among n_yes of which something was not reached; null for nights before it was counted.';
COMMENT ON COLUMN cipher_suite.n_no_partial IS 'Units among n_no of which something was not reached: 0 but by the roll-up all_reachable; null for nights before it was counted.';
COMMENT ON COLUMN cipher_suite.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown), by all_reachable without n_yes_partial; for weights provider*: the mean over providers.';
COMMENT ON COLUMN cipher_suite.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown), by all_reachable with n_no_partial above the line; for weights provider*: the mean over providers.';
COMMENT ON COLUMN cipher_suite.pct IS '100 n_yes / units that showed any value; for weights provider*: the mean over providers.';

ALTER TABLE key_exchange_group
    ADD COLUMN n_yes_partial bigint,
    ADD COLUMN n_no_partial  bigint,
    ADD CONSTRAINT key_exchange_group_partial_is_a_part CHECK (
        n_yes_partial BETWEEN 0 AND n_yes AND n_no_partial BETWEEN 0 AND n_no),
    ADD CONSTRAINT key_exchange_group_no_is_whole CHECK (rollup = 'all_reachable' OR n_no_partial = 0),
    ADD CONSTRAINT key_exchange_group_bounds_hold CHECK (
        0 <= pct_low AND pct_low <= pct_high AND pct_high <= 100 AND pct_low <= pct AND pct <= pct_high) NOT VALID,
    ADD CONSTRAINT key_exchange_group_counts_add_up CHECK (trend_adds_up(
        weight, rollup, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, pct_low, pct_high, coverage)) NOT VALID;

COMMENT ON COLUMN key_exchange_group.n_yes_partial IS 'Units among n_yes of which something was not reached; null for nights before it was counted.';
COMMENT ON COLUMN key_exchange_group.n_no_partial IS 'Units among n_no of which something was not reached: 0 but by the roll-up all_reachable; null for nights before it was counted.';
COMMENT ON COLUMN key_exchange_group.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown), by all_reachable without n_yes_partial; for weights provider*: the mean over providers.';
COMMENT ON COLUMN key_exchange_group.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown), by all_reachable with n_no_partial above the line; for weights provider*: the mean over providers.';
COMMENT ON COLUMN key_exchange_group.pct IS '100 n_yes / units that showed any value; for weights provider*: the mean over providers.';

ALTER TABLE certificate_trend
    ADD COLUMN n_yes_partial bigint,
    ADD COLUMN n_no_partial  bigint,
    ADD CONSTRAINT certificate_trend_partial_is_a_part CHECK (
        n_yes_partial BETWEEN 0 AND n_yes AND n_no_partial BETWEEN 0 AND n_no),
    ADD CONSTRAINT certificate_trend_no_is_whole CHECK (rollup = 'all_reachable' OR n_no_partial = 0),
    ADD CONSTRAINT certificate_trend_bounds_hold CHECK (
        0 <= pct_low AND pct_low <= pct_high AND pct_high <= 100 AND pct_low <= pct AND pct <= pct_high) NOT VALID,
    ADD CONSTRAINT certificate_trend_counts_add_up CHECK (trend_adds_up(
        weight, rollup, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, pct_low, pct_high, coverage)) NOT VALID;

COMMENT ON COLUMN certificate_trend.n_yes_partial IS 'Units among n_yes of which something was not reached; null for nights before it was counted.';
COMMENT ON COLUMN certificate_trend.n_no_partial IS 'Units among n_no of which something was not reached: 0 but by the roll-up all_reachable; null for nights before it was counted.';
COMMENT ON COLUMN certificate_trend.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown), by all_reachable without n_yes_partial; for weights provider*: the mean over providers.';
COMMENT ON COLUMN certificate_trend.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown), by all_reachable with n_no_partial above the line; for weights provider*: the mean over providers.';
COMMENT ON COLUMN certificate_trend.pct IS '100 n_yes / units that showed any value; for weights provider*: the mean over providers.';
