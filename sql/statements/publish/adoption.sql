-- adoption.csv: every cell as text, in the columns of datasets/codebook.csv and always in the same order.
SELECT
    night::text       AS night,
    list_id,
    weight,
    rollup,
    metric,
    rank_band,
    n_yes::text       AS n_yes,
    n_no::text        AS n_no,
    n_unknown::text   AS n_unknown,
    n_opted_out::text AS n_opted_out,
    pct::text         AS pct,
    pct_low::text     AS pct_low,
    pct_high::text    AS pct_high,
    coverage::text    AS coverage,
    method_version,
    n_yes_partial::text AS n_yes_partial,
    n_no_partial::text AS n_no_partial,
    standard_error::text AS standard_error
FROM pub.adoption
WHERE adoption.night = :night
ORDER BY list_id COLLATE "C", weight COLLATE "C", rollup COLLATE "C", metric COLLATE "C", rank_band COLLATE "C"
