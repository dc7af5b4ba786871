-- From tallies to trends: every metric of every list, weight and roll-up, including those without any unit.
WITH cell AS (
    SELECT trend_list.list_id, trend_list.counted_as, known.weight, known.rollup, known.rank_band
    FROM trend_list
    CROSS JOIN (VALUES
        ('domain', 'any', ''), ('domain', 'primary', ''), ('domain', 'all_reachable', ''),
        ('domain_rankband', 'any', '1k'), ('domain_rankband', 'primary', '1k'),
        ('domain_rankband', 'all_reachable', '1k'),
        ('domain_rankband', 'any', '10k'), ('domain_rankband', 'primary', '10k'),
        ('domain_rankband', 'all_reachable', '10k'),
        ('domain_rankband', 'any', '100k'), ('domain_rankband', 'primary', '100k'),
        ('domain_rankband', 'all_reachable', '100k'),
        ('domain_rankband', 'any', '1M'), ('domain_rankband', 'primary', '1M'),
        ('domain_rankband', 'all_reachable', '1M'),
        ('mx_host', '', ''), ('mx_ip', '', ''), ('provider', '', ''), ('provider_excl_top10', '', '')
    ) AS known (weight, rollup, rank_band)
    WHERE trend_list.has_ranks OR known.weight <> 'domain_rankband'
),

-- one row per provider that represents others at the weights provider*; a single row for other weights
counted AS (
    SELECT
        tally.list_id, tally.weight, tally.rollup, tally.rank_band, tally.providers, trend_metric.name AS metric,
        coalesce(sum(tally.units) FILTER (WHERE answer.yes), 0)                    AS n_yes,
        coalesce(sum(tally.units) FILTER (WHERE answer.no), 0)                     AS n_no,
        coalesce(sum(tally.units) FILTER (WHERE answer.unknown), 0)                AS n_unknown,
        coalesce(sum(tally.units) FILTER (WHERE answer.yes AND answer.partial), 0) AS n_yes_partial,
        coalesce(sum(tally.units) FILTER (WHERE answer.no AND answer.partial), 0)  AS n_no_partial,
        coalesce(sum(tally.units) FILTER (WHERE tally.is_opted_out), 0)            AS n_opted_out
    FROM trend_tally AS tally
    CROSS JOIN trend_metric
    CROSS JOIN LATERAL (
        SELECT get_bit(tally.yes, trend_metric.place) = 1     AS yes,
               get_bit(tally.no, trend_metric.place) = 1      AS no,
               get_bit(tally.unknown, trend_metric.place) = 1 AS unknown,
               get_bit(tally.partial, trend_metric.place) = 1 AS partial
    ) AS answer
    GROUP BY tally.list_id, tally.weight, tally.rollup, tally.rank_band, tally.provider, tally.providers,
             trend_metric.name
),

-- A partial answer is a doubt by the roll-up all_reachable alone: by the others a yes stays a yes, and there is no
-- partial no.
based AS (
    SELECT
        list_id, weight, rollup, rank_band, metric, providers, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial,
        n_opted_out,
        n_yes - CASE rollup WHEN 'all_reachable' THEN n_yes_partial ELSE 0 END             AS n_low,
        n_yes + n_unknown + CASE rollup WHEN 'all_reachable' THEN n_no_partial ELSE 0 END  AS n_high,
        nullif(n_yes + n_no, 0)                                                            AS n_known,
        nullif(n_yes + n_no + n_unknown, 0)                                                AS n_all
    FROM counted
),

-- pct and its bounds are means over the providers with a denominator; with a single row, just its ratio
averaged AS (
    SELECT
        list_id, weight, rollup, rank_band, metric,
        sum(providers * n_yes)         AS n_yes,
        sum(providers * n_no)          AS n_no,
        sum(providers * n_unknown)     AS n_unknown,
        sum(providers * n_yes_partial) AS n_yes_partial,
        sum(providers * n_no_partial)  AS n_no_partial,
        sum(providers * n_opted_out)   AS n_opted_out,
        -- of what pct is a share: units, or providers
        CASE WHEN starts_with(weight, 'provider') THEN sum(providers) FILTER (WHERE n_known > 0) ELSE sum(n_known) END
                                       AS n_based,
        sum(providers * 100 * n_yes / n_known) / sum(providers) FILTER (WHERE n_known > 0)  AS pct,
        sum(providers * 100 * n_low / n_all) / sum(providers) FILTER (WHERE n_all > 0)      AS pct_low,
        sum(providers * 100 * n_high / n_all) / sum(providers) FILTER (WHERE n_all > 0)     AS pct_high,
        100 * sum(providers * (n_yes + n_no)) / sum(providers * n_all)                      AS coverage
    FROM based
    GROUP BY list_id, weight, rollup, rank_band, metric
),

completed AS (
    SELECT
        cell.list_id, cell.weight, cell.rollup, cell.rank_band, trend_metric.name AS metric,
        coalesce(averaged.n_yes, 0)       AS n_yes,
        coalesce(averaged.n_no, 0)        AS n_no,
        coalesce(averaged.n_unknown, 0)   AS n_unknown,
        coalesce(averaged.n_yes_partial, 0) AS n_yes_partial,
        coalesce(averaged.n_no_partial, 0) AS n_no_partial,
        coalesce(averaged.n_opted_out, 0) AS n_opted_out,
        round(averaged.pct, 2)            AS pct,
        round(averaged.pct_low, 2)        AS pct_low,
        round(averaged.pct_high, 2)       AS pct_high,
        round(averaged.coverage, 2)       AS coverage,
        -- rounding may leave a little less than nothing; greatest alone would make 0 of null
        CASE WHEN error.dd IS NOT NULL THEN round((100 * sqrt(
            greatest(0, error.yy - 2 * share.p * error.yd + share.p ^ 2 * error.dd)) / averaged.n_based)::numeric, 2)
        END                               AS standard_error
    FROM cell
    CROSS JOIN trend_metric
    LEFT JOIN averaged
        ON averaged.list_id = cell.counted_as AND averaged.weight = cell.weight AND averaged.rollup = cell.rollup
        AND averaged.rank_band = cell.rank_band AND averaged.metric = trend_metric.name
    LEFT JOIN trend_error AS error
        ON error.list_id = cell.counted_as AND error.weight = cell.weight AND error.rollup = cell.rollup
        AND error.rank_band = cell.rank_band AND error.metric = trend_metric.name
    CROSS JOIN LATERAL (SELECT averaged.pct::double precision / 100 AS p) AS share
)

INSERT INTO adoption (
    night, list_id, weight, rollup, metric, rank_band, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial,
    n_opted_out, pct, pct_low, pct_high, coverage, standard_error, method_version)
SELECT
    :night, list_id, weight, rollup, metric, rank_band, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial,
    n_opted_out, pct, pct_low, pct_high, coverage, standard_error, :method_version
FROM completed
