-- V007: trends. Small, for ever; every ratio with its base.

CREATE TABLE adoption (
    night       date   NOT NULL REFERENCES night,
    list_id     text   NOT NULL,
    weight      text   NOT NULL,
    rollup      text   NOT NULL,
    metric      text   NOT NULL,
    rank_band   text   NOT NULL,
    n_yes       bigint NOT NULL,
    n_no        bigint NOT NULL,
    n_unknown   bigint NOT NULL,
    n_opted_out bigint NOT NULL,
    pct         numeric(5, 2),
    pct_low     numeric(5, 2),
    pct_high    numeric(5, 2),
    coverage    numeric(5, 2),
    method_version text NOT NULL,

    CONSTRAINT adoption_pkey PRIMARY KEY (night, list_id, weight, rollup, metric, rank_band),
    CONSTRAINT adoption_weight_known CHECK (weight IN (
        'domain', 'domain_rankband', 'mx_host', 'mx_ip', 'provider', 'provider_excl_top10')),
    CONSTRAINT adoption_rollup_known CHECK (rollup IN ('any', 'primary', 'all_reachable', '')),
    CONSTRAINT adoption_counts_not_negative CHECK (least(n_yes, n_no, n_unknown, n_opted_out) >= 0),
    CONSTRAINT adoption_bounds_in_order CHECK (pct_low <= pct AND pct <= pct_high)
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
COMMENT ON COLUMN adoption.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown), as if every unknown were a no; for weights provider*: the mean.';
COMMENT ON COLUMN adoption.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown), as if every unknown were a yes; for weights provider*: the mean.';
COMMENT ON COLUMN adoption.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown).';
COMMENT ON COLUMN adoption.method_version IS 'Version of the definitions.';

CREATE TABLE tls_version (
    night       date   NOT NULL REFERENCES night,
    list_id     text   NOT NULL,
    weight      text   NOT NULL,
    rollup      text   NOT NULL,
    tls_version text   NOT NULL,
    n_yes       bigint NOT NULL,
    n_no        bigint NOT NULL,
    n_unknown   bigint NOT NULL,
    n_opted_out bigint NOT NULL,
    pct         numeric(5, 2),
    pct_low     numeric(5, 2),
    pct_high    numeric(5, 2),
    coverage    numeric(5, 2),
    method_version text NOT NULL,

    CONSTRAINT tls_version_pkey PRIMARY KEY (night, list_id, weight, rollup, tls_version),
    CONSTRAINT tls_version_known CHECK (tls_version IN ('TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3')),
    CONSTRAINT tls_version_weight_known CHECK (weight IN ('domain', 'mx_host', 'mx_ip', 'provider', 'provider_excl_top10')),
    CONSTRAINT tls_version_rollup_known CHECK (rollup IN ('any', 'primary', 'all_reachable', '')),
    CONSTRAINT tls_version_counts_not_negative CHECK (least(n_yes, n_no, n_unknown, n_opted_out) >= 0)
);

COMMENT ON TABLE tls_version IS 'Which TLS version was negotiated, per night: one row per list, weighting, roll-up and version.';
COMMENT ON COLUMN tls_version.night IS 'The night.';
COMMENT ON COLUMN tls_version.list_id IS 'The list, or all for every list of the night together.';
COMMENT ON COLUMN tls_version.weight IS 'What counts as one: a domain, an MX host name, an address, a provider.';
COMMENT ON COLUMN tls_version.rollup IS 'How a domain''s servers add up; empty where the unit is no domain.';
COMMENT ON COLUMN tls_version.tls_version IS 'The version negotiated when TLS 1.0 to 1.3 were offered.';
COMMENT ON COLUMN tls_version.n_yes IS 'Units at which this version was negotiated.';
COMMENT ON COLUMN tls_version.n_no IS 'Units at which another version was negotiated.';
COMMENT ON COLUMN tls_version.n_unknown IS 'Units that might have negotiated it, but of which nothing conclusive is known tonight.';
COMMENT ON COLUMN tls_version.n_opted_out IS 'Units left out because they asked to be.';
COMMENT ON COLUMN tls_version.pct IS '100 n_yes / (n_yes + n_no); for weights provider*: the mean over providers.';
COMMENT ON COLUMN tls_version.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown); for weights provider*: the mean.';
COMMENT ON COLUMN tls_version.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown); for weights provider*: the mean.';
COMMENT ON COLUMN tls_version.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown).';
COMMENT ON COLUMN tls_version.method_version IS 'Version of the definitions.';
