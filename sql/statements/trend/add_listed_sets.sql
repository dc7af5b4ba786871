-- The number of domains of each list, and of all lists together, on each set of MX records, by rank band. A night's
-- only list equals all lists together: it is counted once, as all.
WITH pinned AS (
    SELECT list_edition.list_id, night_list.list_edition_id, count(*) OVER () = 1 AS is_only
    FROM night_list
    JOIN list_edition USING (list_edition_id)
    WHERE night_list.night = :night
),

listed AS (
    SELECT pinned.list_id, listed_domain.domain_id, min(listed_domain.rank) AS rank
    FROM pinned
    JOIN listed_domain USING (list_edition_id)
    WHERE NOT pinned.is_only
    GROUP BY pinned.list_id, listed_domain.domain_id
),

counted AS (
    SELECT 'all' AS list_id, rank, route, mx_set_id, mx_seen
    FROM tonight_domain
    UNION ALL
    SELECT listed.list_id, listed.rank, tonight_domain.route, tonight_domain.mx_set_id, tonight_domain.mx_seen
    FROM listed
    JOIN tonight_domain USING (domain_id)
),

held AS (
    SELECT mx_set_id, count(*) AS hosts
    FROM tonight_host
    GROUP BY mx_set_id
),

known AS (
    INSERT INTO trend_list (list_id, counted_as, has_ranks)
    SELECT list_id, list_id, count(rank) > 0
    FROM counted
    GROUP BY list_id
    UNION ALL
    SELECT pinned.list_id, 'all', count(tonight_domain.rank) > 0
    FROM pinned
    CROSS JOIN tonight_domain
    WHERE pinned.is_only
    GROUP BY pinned.list_id
)

-- D_mail, and the domains whose DNS lookup did not show whether they belong to it. Domains without a mail server
-- (null_mx, no_mail, nxdomain, mx_invalid) are in no denominator. mx_unresolvable: MX records that lead to no address
-- tonight; these domains are in D_mail and are unknown, like those whose DNS lookup failed.
INSERT INTO trend_listed_set (list_id, mx_set_id, is_cut, domains, domains_1k, domains_10k, domains_100k, domains_1m)
SELECT
    list_id,
    CASE WHEN route IN ('mx', 'implicit_mx') THEN mx_set_id END,
    coalesce(mx_seen > held.hosts, false),
    count(*),
    count(*) FILTER (WHERE rank <= 1000),
    count(*) FILTER (WHERE rank <= 10000),
    count(*) FILTER (WHERE rank <= 100000),
    count(*) FILTER (WHERE rank <= 1000000)
FROM counted
LEFT JOIN held USING (mx_set_id)
WHERE route IN ('mx', 'implicit_mx', 'mx_unresolvable', 'dns_servfail', 'dns_malformed', 'dns_timeout', 'dns_bogus')
GROUP BY 1, 2, 3
