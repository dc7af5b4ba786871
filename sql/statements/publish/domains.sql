-- domains.csv.gz: every cell as text, in the columns of datasets/codebook.csv and always in the same order.
SELECT
    night::text                                                        AS night,
    domain,
    rank::text                                                         AS rank,
    route,
    provider,
    mx_hosts::text                                                     AS mx_hosts,
    starttls_any::text                                                 AS starttls_any,
    starttls_primary::text                                             AS starttls_primary,
    starttls_all_reachable::text                                       AS starttls_all_reachable,
    dane,
    mta_sts,
    mta_sts_effect,
    tls_rpt,
    authenticated::text                                                AS authenticated,
    to_char(observed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS observed_at,
    measured,
    truncated::text                                                    AS truncated,
    mixed_provider::text                                               AS mixed_provider,
    measured_within_nights::text                                       AS measured_within_nights,
    method_version,
    hosts_unknown::text                                                AS hosts_unknown
FROM pub.domain
WHERE domain.night = :night
ORDER BY domain COLLATE "C"
