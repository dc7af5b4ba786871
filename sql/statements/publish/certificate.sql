-- certificate.csv: every cell as text, in the columns of datasets/codebook.csv and always in the same order.
SELECT
    night::text       AS night,
    list_id,
    weight,
    rollup,
    chain,
    key_type,
    key_bits,
    signature_algorithm,
    issuer,
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
FROM pub.certificate_trend
WHERE certificate_trend.night = :night
ORDER BY list_id COLLATE "C", weight COLLATE "C", rollup COLLATE "C", certificate_trend.chain COLLATE "C",
         certificate_trend.key_type COLLATE "C", certificate_trend.key_bits COLLATE "C",
         certificate_trend.signature_algorithm COLLATE "C", certificate_trend.issuer COLLATE "C"
