-- From servers to hosts, and from hosts to domains (docs/outcomes.md, section 6): yes if any is yes; no if every one
-- that counts is no; else unknown. all_reachable looks only at those of which something is known.
WITH server AS (
    SELECT tonight.mx_set_id, tonight.mail_host_id, tonight.is_best, tonight.truncated, planned_call.provider,
           planned_call.measured_within_nights,
           -- Prefixes of one customer's own servers are not known to be two providers.
           CASE WHEN planned_call.provider_source = 'net' THEN 'net' ELSE planned_call.provider END AS known_as,
           -- a server without a plan or a verdict counts, and is unknown
           coalesce(answer.standing, 'counts') AS standing, answer.starttls,
           server_verdict.observed_at, server_verdict.attempts, server_verdict.inherited_from,
           CASE WHEN server_verdict.outcome = 'starttls_ok' THEN server_verdict.leaf_sha256 END AS leaf_sha256
    FROM tonight_server AS tonight
    LEFT JOIN tonight_answer AS answer ON answer.endpoint_id = tonight.endpoint_id
    LEFT JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = tonight.endpoint_id
    LEFT JOIN server_verdict_by_version AS server_verdict
        ON server_verdict.night = :night AND server_verdict.method_version = :method_version
        AND server_verdict.endpoint_id = tonight.endpoint_id
),

located AS (
    SELECT mx_set_id, mail_host_id,
           bool_or(truncated)                       AS truncated,
           bool_or(standing = 'counts')             AS counts,
           bool_or(standing = 'opted_out')          AS has_opted_out,
           bool_or(standing = 'silent')             AS is_silent,
           bool_or(standing = 'counts' AND starttls) AS is_yes,
           bool_or(standing = 'counts' AND starttls IS NULL) AS is_open,
           -- a certificate depends on the name, and one that inherits has shown none
           bool_or(standing = 'counts' AND coalesce(starttls AND inherited_from IS NOT NULL, true)) AS hides_a_name,
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

-- A host that provably has no address has neither a server nor anything hidden: it has left.
host AS (
    SELECT tonight.mx_set_id, tonight.is_best,
           CASE
               WHEN located.is_yes THEN 'yes'
               WHEN tonight.is_hidden OR located.is_open THEN 'unknown'
               WHEN located.counts AND (located.has_opted_out OR located.is_silent) THEN 'unknown'
               -- unknown beside a host that counts; else nothing
               WHEN located.has_opted_out OR located.is_silent THEN 'beside'
               WHEN located.counts THEN 'no'
               ELSE 'left'
           END AS answer,
           tonight.is_hidden OR coalesce(located.hides_a_name OR located.has_opted_out, false) AS hides_a_name,
           located.truncated, located.observed_at, located.was_called, located.inherits,
           located.measured_within_nights, located.first_provider, located.first_known_as, located.last_known_as
    FROM tonight_host AS tonight
    LEFT JOIN located USING (mx_set_id, mail_host_id)
),

rolled_up AS (
    SELECT mx_set_id,
           bool_or(answer = 'yes')                        AS is_yes,
           bool_or(answer = 'no')                         AS is_no,
           bool_or(answer IN ('unknown', 'beside'))       AS is_open,
           bool_or(answer = 'yes' AND is_best)            AS best_is_yes,
           bool_or(answer = 'no' AND is_best)             AS best_is_no,
           bool_or(answer IN ('unknown', 'beside') AND is_best) AS best_is_open,
           bool_and(is_best)                              AS is_best_alone,
           bool_or(hides_a_name AND is_best)              AS hides_a_name,
           bool_or(answer NOT IN ('beside', 'left'))      AS counts,
           count(*) FILTER (WHERE answer = 'unknown')     AS hosts_unknown,
           count(*) FILTER (WHERE answer = 'beside')      AS hosts_beside,
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

-- Hosts beyond the cap are unknown. They are of no better preference than those in the set.
listed AS (
    SELECT route.domain_id, route.route, route.mx_set_id, route.mx_seen,
           greatest(coalesce(route.mx_seen - member.hosts, 0), 0) AS hosts_beyond
    FROM tonight_domain AS route
    LEFT JOIN member USING (mx_set_id)
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

INSERT INTO judged_domain (
    domain_id, route, provider, mx_hosts, starttls_any, starttls_primary, starttls_all_reachable, observed_at, measured,
    truncated, mixed_provider, measured_within_nights, name_match_domain, hosts_unknown)
SELECT listed.domain_id, listed.route, rolled_up.provider, listed.mx_seen,
       CASE
           WHEN rolled_up.is_yes THEN true
           WHEN rolled_up.is_open OR listed.hosts_beyond > 0 THEN NULL
           WHEN rolled_up.is_no THEN false
       END,
       CASE
           WHEN rolled_up.best_is_yes THEN true
           WHEN rolled_up.best_is_open OR listed.hosts_beyond > 0 AND rolled_up.is_best_alone THEN NULL
           WHEN rolled_up.best_is_no THEN false
       END,
       CASE WHEN rolled_up.is_no THEN false WHEN rolled_up.is_yes THEN true END,
       rolled_up.observed_at, coalesce(rolled_up.measured, 'none'),
       listed.hosts_beyond > 0 OR coalesce(rolled_up.truncated, false),
       coalesce(rolled_up.mixed_provider, false),
       rolled_up.measured_within_nights,
       CASE
           WHEN named.domain_id IS NOT NULL THEN true
           WHEN rolled_up.hides_a_name OR listed.hosts_beyond > 0 AND rolled_up.is_best_alone THEN NULL
           WHEN showing.mx_set_id IS NOT NULL THEN false
       END,
       rolled_up.hosts_unknown + listed.hosts_beyond
           + CASE WHEN rolled_up.counts OR listed.hosts_beyond > 0 THEN rolled_up.hosts_beside ELSE 0 END
FROM listed
LEFT JOIN rolled_up ON rolled_up.mx_set_id = listed.mx_set_id AND listed.route IN ('mx', 'implicit_mx')
LEFT JOIN showing ON showing.mx_set_id = rolled_up.mx_set_id
LEFT JOIN named ON named.domain_id = listed.domain_id AND showing.mx_set_id IS NOT NULL
