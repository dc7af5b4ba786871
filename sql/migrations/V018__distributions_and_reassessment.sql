-- V018: distributions of what handshakes showed, and verdicts drawn again.

CREATE TABLE cipher_suite (
    night       date   NOT NULL REFERENCES night,
    list_id     text   NOT NULL,
    weight      text   NOT NULL,
    rollup      text   NOT NULL,
    cipher_suite text NOT NULL,
    n_yes       bigint NOT NULL,
    n_no        bigint NOT NULL,
    n_unknown   bigint NOT NULL,
    n_opted_out bigint NOT NULL,
    pct         numeric(5, 2),
    pct_low     numeric(5, 2),
    pct_high    numeric(5, 2),
    coverage    numeric(5, 2),
    method_version text NOT NULL,

    CONSTRAINT cipher_suite_pkey PRIMARY KEY (night, list_id, weight, rollup, cipher_suite),
    CONSTRAINT cipher_suite_weight_known CHECK (weight IN ('domain', 'mx_host', 'mx_ip', 'provider', 'provider_excl_top10')),
    CONSTRAINT cipher_suite_rollup_known CHECK (rollup IN ('any', 'primary', 'all_reachable', '')),
    CONSTRAINT cipher_suite_counts_not_negative CHECK (least(n_yes, n_no, n_unknown, n_opted_out) >= 0)
);

COMMENT ON TABLE cipher_suite IS 'Which cipher suite was negotiated, per night: one row per list, weighting, roll-up and suite that was seen that night.';
COMMENT ON COLUMN cipher_suite.night IS 'The night.';
COMMENT ON COLUMN cipher_suite.list_id IS 'The list, or all for every list of the night together.';
COMMENT ON COLUMN cipher_suite.weight IS 'What counts as one: a domain, an MX host name, an address, a provider.';
COMMENT ON COLUMN cipher_suite.rollup IS 'How a domain''s servers add up; empty where the unit is no domain.';
COMMENT ON COLUMN cipher_suite.cipher_suite IS 'IANA name of the suite negotiated.';
COMMENT ON COLUMN cipher_suite.n_yes IS 'Units that showed it.';
COMMENT ON COLUMN cipher_suite.n_no IS 'Units that showed another, and not this one.';
COMMENT ON COLUMN cipher_suite.n_unknown IS 'Units that might have shown it, but of which nothing conclusive is known tonight.';
COMMENT ON COLUMN cipher_suite.n_opted_out IS 'Units left out because they asked to be.';
COMMENT ON COLUMN cipher_suite.pct IS '100 n_yes / (n_yes + n_no); for weights provider*: the mean over providers.';
COMMENT ON COLUMN cipher_suite.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown); for weights provider*: the mean.';
COMMENT ON COLUMN cipher_suite.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown); for weights provider*: the mean.';
COMMENT ON COLUMN cipher_suite.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown).';
COMMENT ON COLUMN cipher_suite.method_version IS 'Version of the definitions.';

CREATE TABLE key_exchange_group (
    night       date   NOT NULL REFERENCES night,
    list_id     text   NOT NULL,
    weight      text   NOT NULL,
    rollup      text   NOT NULL,
    key_exchange_group text NOT NULL,
    n_yes       bigint NOT NULL,
    n_no        bigint NOT NULL,
    n_unknown   bigint NOT NULL,
    n_opted_out bigint NOT NULL,
    pct         numeric(5, 2),
    pct_low     numeric(5, 2),
    pct_high    numeric(5, 2),
    coverage    numeric(5, 2),
    method_version text NOT NULL,

    CONSTRAINT key_exchange_group_pkey PRIMARY KEY (night, list_id, weight, rollup, key_exchange_group),
    CONSTRAINT key_exchange_group_weight_known CHECK (weight IN ('domain', 'mx_host', 'mx_ip', 'provider', 'provider_excl_top10')),
    CONSTRAINT key_exchange_group_rollup_known CHECK (rollup IN ('any', 'primary', 'all_reachable', '')),
    CONSTRAINT key_exchange_group_counts_not_negative CHECK (least(n_yes, n_no, n_unknown, n_opted_out) >= 0)
);

COMMENT ON TABLE key_exchange_group IS 'Which key exchange group was negotiated, per night: one row per list, weighting, roll-up and group that was seen that night.';
COMMENT ON COLUMN key_exchange_group.night IS 'The night.';
COMMENT ON COLUMN key_exchange_group.list_id IS 'The list, or all for every list of the night together.';
COMMENT ON COLUMN key_exchange_group.weight IS 'What counts as one: a domain, an MX host name, an address, a provider.';
COMMENT ON COLUMN key_exchange_group.rollup IS 'How a domain''s servers add up; empty where the unit is no domain.';
COMMENT ON COLUMN key_exchange_group.key_exchange_group IS 'IANA name of the group, dh-<bits> for one that the server spelled out, none for static RSA.';
COMMENT ON COLUMN key_exchange_group.n_yes IS 'Units that showed it.';
COMMENT ON COLUMN key_exchange_group.n_no IS 'Units that showed another, and not this one.';
COMMENT ON COLUMN key_exchange_group.n_unknown IS 'Units that might have shown it, but of which nothing conclusive is known tonight.';
COMMENT ON COLUMN key_exchange_group.n_opted_out IS 'Units left out because they asked to be.';
COMMENT ON COLUMN key_exchange_group.pct IS '100 n_yes / (n_yes + n_no); for weights provider*: the mean over providers.';
COMMENT ON COLUMN key_exchange_group.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown); for weights provider*: the mean.';
COMMENT ON COLUMN key_exchange_group.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown); for weights provider*: the mean.';
COMMENT ON COLUMN key_exchange_group.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown).';
COMMENT ON COLUMN key_exchange_group.method_version IS 'Version of the definitions.';

CREATE TABLE certificate_trend (
    night       date   NOT NULL REFERENCES night,
    list_id     text   NOT NULL,
    weight      text   NOT NULL,
    rollup      text   NOT NULL,
    chain text NOT NULL,
    key_type text NOT NULL,
    key_bits text NOT NULL,
    signature_algorithm text NOT NULL,
    issuer text NOT NULL,
    n_yes       bigint NOT NULL,
    n_no        bigint NOT NULL,
    n_unknown   bigint NOT NULL,
    n_opted_out bigint NOT NULL,
    pct         numeric(5, 2),
    pct_low     numeric(5, 2),
    pct_high    numeric(5, 2),
    coverage    numeric(5, 2),
    method_version text NOT NULL,

    CONSTRAINT certificate_trend_pkey PRIMARY KEY (night, list_id, weight, rollup, chain, key_type, key_bits, signature_algorithm, issuer),
    CONSTRAINT certificate_trend_weight_known CHECK (weight IN ('domain', 'mx_host', 'mx_ip', 'provider', 'provider_excl_top10')),
    CONSTRAINT certificate_trend_rollup_known CHECK (rollup IN ('any', 'primary', 'all_reachable', '')),
    CONSTRAINT certificate_trend_counts_not_negative CHECK (least(n_yes, n_no, n_unknown, n_opted_out) >= 0)
);

COMMENT ON TABLE certificate_trend IS 'What certificates servers showed, per night: one row per list, weighting, roll-up and combination that was seen that night, and one per single value with all in the other columns.';
COMMENT ON COLUMN certificate_trend.night IS 'The night.';
COMMENT ON COLUMN certificate_trend.list_id IS 'The list, or all for every list of the night together.';
COMMENT ON COLUMN certificate_trend.weight IS 'What counts as one: a domain, an MX host name, an address, a provider.';
COMMENT ON COLUMN certificate_trend.rollup IS 'How a domain''s servers add up; empty where the unit is no domain.';
COMMENT ON COLUMN certificate_trend.chain IS 'Verdict on the chain by the night''s own trust store, or all.';
COMMENT ON COLUMN certificate_trend.key_type IS 'RSA, EC, Ed25519 ... of the server''s own key; other; none without a certificate that can be read; or all.';
COMMENT ON COLUMN certificate_trend.key_bits IS 'Size of that key in bits; empty where its type has one size; or all.';
COMMENT ON COLUMN certificate_trend.signature_algorithm IS 'By which the server''s certificate is signed; other; none; or all.';
COMMENT ON COLUMN certificate_trend.issuer IS 'Organisation of the root to which the chain leads, as the night''s trust store spells it; none where it leads to no root of the store; or all.';
COMMENT ON COLUMN certificate_trend.n_yes IS 'Units that showed it.';
COMMENT ON COLUMN certificate_trend.n_no IS 'Units that showed another, and not this one.';
COMMENT ON COLUMN certificate_trend.n_unknown IS 'Units that might have shown it, but of which nothing conclusive is known tonight.';
COMMENT ON COLUMN certificate_trend.n_opted_out IS 'Units left out because they asked to be.';
COMMENT ON COLUMN certificate_trend.pct IS '100 n_yes / (n_yes + n_no); for weights provider*: the mean over providers.';
COMMENT ON COLUMN certificate_trend.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown); for weights provider*: the mean.';
COMMENT ON COLUMN certificate_trend.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown); for weights provider*: the mean.';
COMMENT ON COLUMN certificate_trend.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown).';
COMMENT ON COLUMN certificate_trend.method_version IS 'Version of the definitions.';

CREATE TABLE reassessment (
    reassessment_id bigint      GENERATED ALWAYS AS IDENTITY,
    since           date        NOT NULL,
    trust_store_id  bigint      NOT NULL REFERENCES trust_store,
    method_version  text        NOT NULL,
    started_at      timestamptz NOT NULL,
    judged_up_to    bigint      NOT NULL DEFAULT 0,
    chains          bigint      NOT NULL DEFAULT 0,
    changed         bigint      NOT NULL DEFAULT 0,
    completed_at    timestamptz,

    CONSTRAINT reassessment_pkey PRIMARY KEY (reassessment_id)
);

CREATE UNIQUE INDEX reassessment_one_unfinished ON reassessment (since, trust_store_id, method_version) WHERE completed_at IS NULL;

COMMENT ON TABLE reassessment IS 'Every time that the chains of past nights were judged again, and how far that has come.';
COMMENT ON COLUMN reassessment.reassessment_id IS 'Key of the reassessment.';
COMMENT ON COLUMN reassessment.since IS 'Chains that were seen in this night or later are judged.';
COMMENT ON COLUMN reassessment.trust_store_id IS 'By whose roots.';
COMMENT ON COLUMN reassessment.method_version IS 'Version of the definitions by which they are judged.';
COMMENT ON COLUMN reassessment.started_at IS 'When it was first started.';
COMMENT ON COLUMN reassessment.judged_up_to IS 'The last chain judged: they are taken by id.';
COMMENT ON COLUMN reassessment.chains IS 'Chains judged so far.';
COMMENT ON COLUMN reassessment.changed IS 'Those of them that came out otherwise than before by the same version of the definitions.';
COMMENT ON COLUMN reassessment.completed_at IS 'When it was complete; null while it is not.';

CREATE TABLE former_verdict (
    night          date        NOT NULL,
    kind           text        NOT NULL,
    unit_id        bigint      NOT NULL,
    method_version text        NOT NULL,
    verdict        jsonb       NOT NULL,
    replaced_at    timestamptz NOT NULL,

    CONSTRAINT former_verdict_pkey PRIMARY KEY (night, kind, unit_id, method_version),
    CONSTRAINT former_verdict_kind_known CHECK (kind IN ('server', 'domain'))
);

COMMENT ON TABLE former_verdict IS 'Verdicts on servers and domains of past nights, as they stood before they were drawn again by newer definitions.';
COMMENT ON COLUMN former_verdict.night IS 'The night.';
COMMENT ON COLUMN former_verdict.kind IS 'server or domain.';
COMMENT ON COLUMN former_verdict.unit_id IS 'The endpoint_id or domain_id.';
COMMENT ON COLUMN former_verdict.method_version IS 'Version of the definitions by which it was judged then.';
COMMENT ON COLUMN former_verdict.verdict IS 'The row of server_verdict or domain_verdict as it was; jsonb_populate_record makes it one again.';
COMMENT ON COLUMN former_verdict.replaced_at IS 'When it was replaced.';
