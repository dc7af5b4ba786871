-- old_versions.csv: every cell as text, always in the same order.
SELECT
    night::text      AS night,
    question,
    n_accepted::text AS n_accepted,
    n_refused::text  AS n_refused,
    n_unknown::text  AS n_unknown,
    pct::text        AS pct,
    pct_low::text    AS pct_low,
    pct_high::text   AS pct_high,
    coverage::text   AS coverage,
    method_version
FROM pub.old_version
WHERE old_version.night = :night
ORDER BY question COLLATE "C"
