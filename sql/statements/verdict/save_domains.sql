-- From servers to hosts, and from hosts to domains (docs/outcomes.md, section 6). bool_or implements "true if any is
-- true, false if at least one is false and none is true, else unknown", because it ignores nulls. bool_and implements
-- all_reachable.
WITH server AS (
    SELECT tonight.mx_set_id, tonight.mail_host_id, tonight.is_best, tonight.truncated, planned_call.provider,
           planned_call.measured_within_nights,
           -- Prefixes of one customer's own servers are not known to be two providers.
           CASE WHEN planned_call.provider_source = 'net' THEN 'net' ELSE planned_call.provider END AS known_as,
           server_verdict.starttls, server_verdict.observed_at, server_verdict.attempts, server_verdict.inherited_from,
           CASE WHEN server_verdict.outcome = 'starttls_ok' THEN server_verdict.leaf_sha256 END AS leaf_sha256
    FROM tonight_server AS tonight
    JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = tonight.endpoint_id
    JOIN server_verdict ON server_verdict.night = :night AND server_verdict.endpoint_id = tonight.endpoint_id
),

host AS (
    SELECT mx_set_id, mail_host_id,
           bool_or(is_best)                         AS is_best,
           bool_or(truncated)                       AS truncated,
           bool_or(starttls)                        AS starttls,
           max(observed_at)                         AS observed_at,
           bool_or(attempts > 0)                    AS was_called,
           bool_or(inherited_from IS NOT NULL)      AS inherits,
           max(measured_within_nights)              AS measured_within_nights,
           min(provider)                            AS first_provider,
           -- a host has one provider: what is known of one of its addresses applies to the others
           coalesce(min(known_as) FILTER (WHERE known_as <> 'net'), 'net') AS first_known_as,
           coalesce(max(known_as) FILTER (WHERE known_as <> 'net'), 'net') AS last_known_as
    FROM server
    GROUP BY mx_set_id, mail_host_id
),

rolled_up AS (
    SELECT mx_set_id,
           bool_or(starttls)                              AS starttls_any,
           bool_or(starttls) FILTER (WHERE is_best)       AS starttls_primary,
           bool_and(starttls)                             AS starttls_all_reachable,
           max(observed_at)                               AS observed_at,
           bool_or(truncated)                             AS truncated,
           CASE WHEN bool_or(was_called) THEN 'own' WHEN bool_or(inherits) THEN 'inherited' ELSE 'none' END AS measured,
           min(first_provider) FILTER (WHERE is_best)     AS provider,
           max(measured_within_nights) FILTER (WHERE is_best) AS measured_within_nights,
           min(first_known_as) <> max(last_known_as)      AS mixed_provider
    FROM host
    GROUP BY mx_set_id
),

member AS (
    SELECT mx_set_id, count(*) AS hosts
    FROM mx_set_member
    GROUP BY mx_set_id
),

-- Names in the certificates of best-preference servers. They are compared with a domain as servers' own names are (RFC
-- 9525): a name that equals the domain's canonical name is itself well-formed, and a wildcard stands for one label.
presented AS (
    SELECT DISTINCT server.mx_set_id, lower(held.name COLLATE "C") AS name
    FROM server
    JOIN certificate ON certificate.sha256 = server.leaf_sha256
    CROSS JOIN LATERAL unnest(certificate.dns_names) AS held (name)
    WHERE server.is_best
),

-- A certificate that cannot be read says nothing about names.
showing AS (
    SELECT DISTINCT server.mx_set_id
    FROM server
    JOIN certificate ON certificate.sha256 = server.leaf_sha256
    WHERE server.is_best AND certificate.readable
),

named AS (
    SELECT DISTINCT route.domain_id
    FROM tonight_domain AS route
    JOIN domain USING (domain_id)
    CROSS JOIN LATERAL (VALUES (domain.name), ('*' || substring(domain.name FROM '[.][^.]+[.].+$'))) AS asked (name)
    JOIN presented ON presented.mx_set_id = route.mx_set_id AND presented.name = asked.name
)

INSERT INTO domain_verdict (
    night, domain_id, rank, route, provider, mx_hosts, starttls_any, starttls_primary, starttls_all_reachable,
    observed_at, measured, truncated, mixed_provider, measured_within_nights, name_match_domain, method_version)
SELECT :night, route.domain_id, route.rank, route.route, rolled_up.provider, route.mx_seen,
       rolled_up.starttls_any, rolled_up.starttls_primary, rolled_up.starttls_all_reachable,
       rolled_up.observed_at, coalesce(rolled_up.measured, 'none'),
       coalesce(route.mx_seen > member.hosts, false) OR coalesce(rolled_up.truncated, false),
       coalesce(rolled_up.mixed_provider, false),
       rolled_up.measured_within_nights,
       CASE WHEN named.domain_id IS NOT NULL THEN true WHEN showing.mx_set_id IS NOT NULL THEN false END,
       :method_version
FROM tonight_domain AS route
LEFT JOIN member USING (mx_set_id)
LEFT JOIN rolled_up ON rolled_up.mx_set_id = route.mx_set_id AND route.route IN ('mx', 'implicit_mx')
LEFT JOIN showing ON showing.mx_set_id = rolled_up.mx_set_id
LEFT JOIN named ON named.domain_id = route.domain_id AND showing.mx_set_id IS NOT NULL
