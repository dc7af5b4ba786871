-- Only where this version differs from what was published. The servers of a night's sets of MX records are the same by
-- every version.
WITH published_set AS (
    SELECT tonight_server.mx_set_id, max(server_night.observed_at) AS observed_at
    FROM tonight_server
    JOIN server_night ON server_night.night = :night AND server_night.endpoint_id = tonight_server.endpoint_id
    GROUP BY tonight_server.mx_set_id
),

published AS (
    SELECT shown.domain_id, shown.mx_hosts, shown.hosts_unknown, shown.measured_within_nights, shown.starttls_any,
           shown.starttls_primary, shown.starttls_all_reachable, shown.name_match_domain, shown.truncated,
           shown.mixed_provider, shown.route, shown.provider, shown.measured,
           CASE WHEN shown.route IN ('mx', 'implicit_mx') THEN published_set.observed_at END AS observed_at
    FROM domain_verdict AS shown
    JOIN tonight_domain USING (domain_id)
    LEFT JOIN published_set USING (mx_set_id)
    WHERE shown.night = :night
)

INSERT INTO domain_revision (
    observed_at, domain_id, night, mx_hosts, hosts_unknown, measured_within_nights, starttls_any, starttls_primary,
    starttls_all_reachable, name_match_domain, truncated, mixed_provider, route, provider, measured, method_version)
SELECT judged.observed_at, judged.domain_id, :night, judged.mx_hosts, judged.hosts_unknown,
       judged.measured_within_nights, judged.starttls_any, judged.starttls_primary, judged.starttls_all_reachable,
       judged.name_match_domain, judged.truncated, judged.mixed_provider, judged.route, judged.provider,
       judged.measured, :method_version
FROM judged_domain AS judged
JOIN published USING (domain_id)
WHERE (judged.observed_at, judged.mx_hosts, judged.hosts_unknown, judged.measured_within_nights, judged.starttls_any,
       judged.starttls_primary, judged.starttls_all_reachable, judged.name_match_domain, judged.truncated,
       judged.mixed_provider, judged.route, judged.provider, judged.measured)
      IS DISTINCT FROM
      (published.observed_at, published.mx_hosts, published.hosts_unknown, published.measured_within_nights,
       published.starttls_any, published.starttls_primary, published.starttls_all_reachable,
       published.name_match_domain, published.truncated, published.mixed_provider, published.route,
       published.provider, published.measured)
ORDER BY judged.domain_id
