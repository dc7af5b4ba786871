-- From tallies to distributions: every value of tonight in every cell, even if no unit has it. The units of a cell are
-- those that show the value (trend_share) and all others (trend_cell without these).
WITH cell AS (
    SELECT trend_list.list_id, trend_list.counted_as, known.weight, known.rollup,
           coalesce(trend_cell.n_shown, 0)      AS n_shown,
           coalesce(trend_cell.n_no, 0)         AS n_no,
           coalesce(trend_cell.n_no_partial, 0) AS n_no_partial,
           coalesce(trend_cell.n_unknown, 0)    AS n_unknown,
           coalesce(trend_cell.n_opted_out, 0)  AS n_opted_out
    FROM trend_list
    CROSS JOIN (VALUES
        ('domain', 'any'), ('domain', 'primary'), ('domain', 'all_reachable'), ('mx_host', ''), ('mx_ip', ''),
        ('provider', ''), ('provider_excl_top10', '')
    ) AS known (weight, rollup)
    LEFT JOIN trend_cell
        ON trend_cell.list_id = trend_list.counted_as AND trend_cell.weight = known.weight
        AND trend_cell.rollup = known.rollup
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

counted AS (
    SELECT
        cell.list_id, cell.weight, cell.rollup, trend_value.dimension, trend_value.words, cell.n_opted_out,
        cell.n_shown,
        coalesce(share.n_yes, 0)                                                         AS n_yes,
        coalesce(share.n_yes_partial, 0)                                                 AS n_yes_partial,
        coalesce(share.n_no, 0) + cell.n_no - coalesce(share.other_no, 0)                AS n_no,
        coalesce(share.n_no_partial, 0) + cell.n_no_partial - coalesce(share.other_no_partial, 0) AS n_no_partial,
        cell.n_unknown - coalesce(share.other_unknown, 0)                                AS n_unknown,
        coalesce(share.of_conclusive, 0)                                                 AS of_conclusive,
        coalesce(share.of_all, 0)                                                        AS of_all,
        providers.conclusive, providers.everyone, providers.unknown_of_all,
        coalesce(error.yy, 0) AS yy, coalesce(error.yd, 0) AS yd,
        -- null where nothing was drawn
        every.dd + coalesce(error.dd, 0) AS dd
    FROM cell
    CROSS JOIN trend_value
    LEFT JOIN trend_share AS share
        ON share.list_id = cell.counted_as AND share.weight = cell.weight AND share.rollup = cell.rollup
        AND share.value_id = trend_value.value_id
    LEFT JOIN providers
        ON providers.list_id = cell.counted_as AND providers.weight = cell.weight AND providers.rollup = cell.rollup
    LEFT JOIN trend_value_error AS every
        ON every.list_id = cell.counted_as AND every.weight = cell.weight AND every.rollup = cell.rollup
        AND every.value_id IS NULL
    LEFT JOIN trend_value_error AS error
        ON error.list_id = cell.counted_as AND error.weight = cell.weight AND error.rollup = cell.rollup
        AND error.value_id = trend_value.value_id
),

-- A partial answer is a doubt by the roll-up all_reachable alone, as in save.sql.
based AS (
    SELECT
        list_id, weight, rollup, dimension, words, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, n_opted_out,
        n_yes - CASE rollup WHEN 'all_reachable' THEN n_yes_partial ELSE 0 END             AS n_low,
        n_yes + n_unknown + CASE rollup WHEN 'all_reachable' THEN n_no_partial ELSE 0 END  AS n_high,
        nullif(n_shown, 0)                                                                 AS n_known,
        nullif(n_yes + n_no + n_unknown, 0)                                                AS n_all,
        starts_with(weight, 'provider')                                                    AS is_mean,
        of_conclusive / nullif(conclusive, 0)                                              AS mean_pct,
        of_all / nullif(everyone, 0)                                                       AS mean_low,
        (of_all + unknown_of_all) / nullif(everyone, 0)                                    AS mean_high,
        CASE WHEN starts_with(weight, 'provider') THEN nullif(conclusive, 0) ELSE nullif(n_shown, 0) END AS n_based,
        yy, yd, dd
    FROM counted
),

completed AS (
    SELECT
        list_id, weight, rollup, dimension, words, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, n_opted_out,
        round(CASE WHEN is_mean THEN mean_pct ELSE 100 * n_yes / n_known END, 2)   AS pct,
        round(CASE WHEN is_mean THEN mean_low ELSE 100 * n_low / n_all END, 2)     AS pct_low,
        round(CASE WHEN is_mean THEN mean_high ELSE 100 * n_high / n_all END, 2)   AS pct_high,
        round(100 * (n_yes + n_no) / n_all, 2)                                     AS coverage,
        CASE WHEN dd IS NOT NULL
             THEN round((100 * sqrt(greatest(0, yy - 2 * p * yd + p ^ 2 * dd)) / n_based)::numeric, 2) END
                                                                                   AS standard_error
    FROM based
    CROSS JOIN LATERAL (SELECT (CASE WHEN is_mean THEN mean_pct / 100 ELSE n_yes / n_known END)::double precision AS p)
        AS share
)

INSERT INTO distribution (
    night, value_id, n_yes, n_no, n_unknown, n_yes_partial, n_no_partial, n_opted_out, list_id, weight, rollup, pct,
    pct_low, pct_high, coverage, standard_error, method_version)
SELECT :night, distribution_value.value_id, completed.n_yes, completed.n_no, completed.n_unknown,
       completed.n_yes_partial, completed.n_no_partial, completed.n_opted_out, completed.list_id, completed.weight,
       completed.rollup, completed.pct, completed.pct_low, completed.pct_high, completed.coverage,
       completed.standard_error, :method_version
FROM completed
JOIN distribution_value ON distribution_value.kind = completed.dimension AND distribution_value.words = completed.words
