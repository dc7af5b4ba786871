-- From tallies to distributions: every value of tonight in every cell, even if no unit has it. All distributions of
-- finished handshakes have the same number of conclusive units, so it is taken from the TLS versions.
WITH cell AS (
    SELECT list_id, trend_list.counted_as, weight, rollup, n_yes + n_no AS n_conclusive, n_unknown, n_opted_out,
           coverage
    FROM tls_version
    JOIN trend_list USING (list_id)
    WHERE night = :night AND tls_version = 'TLSv1.3'
),

-- the percentages whose mean is taken; the one for unknown servers is the same for every value
providers AS (
    SELECT trend_provider_base.list_id, weight.name AS weight, '' AS rollup,
           count(trend_provider_base.n_conclusive)                                     AS conclusive,
           count(trend_provider_base.n_all)                                            AS everyone,
           sum(100 * trend_provider_base.n_unknown / trend_provider_base.n_all)        AS unknown_of_all
    FROM trend_provider_base
    CROSS JOIN LATERAL (VALUES
        ('provider', true), ('provider_excl_top10', NOT trend_provider_base.is_top10)
    ) AS weight (name, counts)
    WHERE weight.counts
    GROUP BY trend_provider_base.list_id, weight.name
),

completed AS (
    SELECT
        cell.list_id, cell.weight, cell.rollup, trend_value.dimension, trend_value.words, cell.n_unknown,
        cell.n_opted_out,
        cell.coverage,
        coalesce(share.n_yes, 0)                                                AS n_yes,
        cell.n_conclusive - coalesce(share.n_yes, 0)                            AS n_no,
        round(CASE WHEN starts_with(cell.weight, 'provider')
            THEN coalesce(share.of_conclusive, 0) / nullif(providers.conclusive, 0)
            ELSE 100 * coalesce(share.n_yes, 0) / nullif(cell.n_conclusive, 0) END, 2)                        AS pct,
        round(CASE WHEN starts_with(cell.weight, 'provider')
            THEN coalesce(share.of_all, 0) / nullif(providers.everyone, 0)
            ELSE 100 * coalesce(share.n_yes, 0) / nullif(cell.n_conclusive + cell.n_unknown, 0) END,
            2)       AS pct_low,
        round(CASE WHEN starts_with(cell.weight, 'provider')
            THEN (coalesce(share.of_all, 0) + providers.unknown_of_all) / nullif(providers.everyone, 0)
            ELSE 100 * (coalesce(share.n_yes, 0) + cell.n_unknown) / nullif(cell.n_conclusive + cell.n_unknown, 0) END,
            2) AS pct_high
    FROM cell
    CROSS JOIN trend_value
    LEFT JOIN trend_share AS share
        ON share.list_id = cell.counted_as AND share.weight = cell.weight AND share.rollup = cell.rollup
        AND share.value_id = trend_value.value_id
    LEFT JOIN providers
        ON providers.list_id = cell.counted_as AND providers.weight = cell.weight AND providers.rollup = cell.rollup
),

suites AS (
    INSERT INTO cipher_suite (night, list_id, weight, rollup, cipher_suite, n_yes, n_no, n_unknown, n_opted_out, pct,
                              pct_low, pct_high,
        coverage, method_version)
    SELECT :night, list_id, weight, rollup, words[1], n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high,
           coverage, :method_version
    FROM completed
    WHERE dimension = 'cipher_suite'
),

groups AS (
    INSERT INTO key_exchange_group (night, list_id, weight, rollup, key_exchange_group, n_yes, n_no, n_unknown,
                                    n_opted_out, pct, pct_low, pct_high,
        coverage, method_version)
    SELECT :night, list_id, weight, rollup, words[1], n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high,
           coverage, :method_version
    FROM completed
    WHERE dimension = 'key_exchange_group'
)

INSERT INTO certificate_trend (night, list_id, weight, rollup, chain, key_type, key_bits, signature_algorithm, issuer,
                               n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high,
    coverage, method_version)
SELECT :night, list_id, weight, rollup, words[1], words[2], words[3], words[4], words[5], n_yes, n_no, n_unknown,
       n_opted_out, pct, pct_low, pct_high, coverage, :method_version
FROM completed
WHERE dimension = 'certificate'
