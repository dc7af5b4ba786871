-- How many domains of each list, and of all lists together, are on each set of MX records, by band of rank.
WITH listed AS (
    SELECT list.id AS list_id, listed_domain.domain_id, min(listed_domain.rank) AS rank
    FROM night_list
    JOIN list_edition USING (list_edition_id)
    JOIN listed_domain USING (list_edition_id)
    CROSS JOIN LATERAL (VALUES (list_edition.list_id), ('all')) AS list (id)
    WHERE night_list.night = :night
    GROUP BY list.id, listed_domain.domain_id
),

known AS (
    INSERT INTO trend_list (list_id, has_ranks)
    SELECT list_id, count(rank) > 0
    FROM listed
    GROUP BY list_id
),

-- D_mail, and the domains of which the DNS could not tell whether they belong to it. Domains that have no mail server (null_mx,
-- no_mail, nxdomain, mx_invalid) are in no denominator. mx_unresolvable: MX records that lead to no address tonight; they are in
-- D_mail, and nothing conclusive is known of them, so they are unknown like those of the failed DNS.
routed AS (
    SELECT
        listed.list_id,
        listed.rank,
        CASE WHEN tonight.route IN ('mx', 'implicit_mx') THEN tonight.mx_set_id END AS mx_set_id
    FROM listed
    JOIN tonight_route(:night) AS tonight USING (domain_id)
    WHERE tonight.route IN ('mx', 'implicit_mx', 'mx_unresolvable', 'dns_servfail', 'dns_timeout', 'dns_bogus')
)

INSERT INTO trend_listed_set (list_id, mx_set_id, domains, domains_1k, domains_10k, domains_100k, domains_1m)
SELECT
    list_id,
    mx_set_id,
    count(*),
    count(*) FILTER (WHERE rank <= 1000),
    count(*) FILTER (WHERE rank <= 10000),
    count(*) FILTER (WHERE rank <= 100000),
    count(*) FILTER (WHERE rank <= 1000000)
FROM routed
GROUP BY list_id, mx_set_id
