-- domains.csv.gz: every cell as text, in the columns of datasets/codebook.csv and always in the same order. When the servers
-- of each set of MX records were last observed is asked once a set, and not of pub.domain once a domain.
WITH seen AS (
    SELECT server.mx_set_id, max(server_night.observed_at) AS observed_at
    FROM tonight_set_server(:night) AS server
    JOIN server_night ON server_night.night = :night AND server_night.endpoint_id = server.endpoint_id
    GROUP BY server.mx_set_id
),

observed AS (
    SELECT domain.name, seen.observed_at
    FROM tonight_route(:night) AS tonight
    JOIN seen USING (mx_set_id)
    JOIN domain USING (domain_id)
    WHERE tonight.route IN ('mx', 'implicit_mx')
)

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
    to_char(observed.observed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS observed_at,
    measured,
    truncated::text                                                    AS truncated,
    mixed_provider::text                                               AS mixed_provider,
    measured_within_nights::text                                       AS measured_within_nights,
    method_version,
    hosts_unknown::text                                                AS hosts_unknown
FROM pub.domain
LEFT JOIN observed ON observed.name = domain.domain
WHERE domain.night = :night
ORDER BY domain COLLATE "C"
