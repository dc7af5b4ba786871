-- How many units show each value. A unit shows what any of its servers shows; a domain by all_reachable only what each of its
-- conclusive hosts shows.
WITH reached AS (
    SELECT DISTINCT trend_listed_set.list_id, trend_set_server.mail_host_id, trend_set_server.endpoint_id
    FROM trend_listed_set
    JOIN trend_set_server USING (mx_set_id)
    WHERE trend_set_server.endpoint_id IS NOT NULL
),

host_shows AS (
    SELECT DISTINCT trend_set_server.mx_set_id, trend_set_server.mail_host_id, trend_set_server.is_best, trend_shown.value_id
    FROM trend_set_server
    JOIN trend_shown USING (endpoint_id)
),

-- Every conclusive host shows a suite. One whose handshakes all failed shows none, and is out: the denominator is finished
-- handshakes.
conclusive AS (
    SELECT host_shows.mx_set_id, count(DISTINCT host_shows.mail_host_id) AS hosts
    FROM host_shows
    GROUP BY host_shows.mx_set_id
),

set_shows AS (
    SELECT host_shows.mx_set_id, host_shows.value_id, rollup.name AS rollup
    FROM (
        SELECT mx_set_id, value_id, count(*) AS hosts, bool_or(is_best) AS is_best
        FROM host_shows
        GROUP BY mx_set_id, value_id
    ) AS host_shows
    JOIN conclusive USING (mx_set_id)
    CROSS JOIN LATERAL (VALUES
        ('any', true), ('primary', host_shows.is_best), ('all_reachable', host_shows.hosts = conclusive.hosts)
    ) AS rollup (name, shows)
    WHERE rollup.shows
),

provider_shows AS (
    SELECT trend_weighted.list_id, trend_weighted.weight, trend_weighted.provider, trend_shown.value_id, count(*)::numeric AS n_yes
    FROM trend_weighted
    JOIN trend_shown USING (endpoint_id)
    GROUP BY trend_weighted.list_id, trend_weighted.weight, trend_weighted.provider, trend_shown.value_id
)

INSERT INTO trend_share (list_id, weight, rollup, value_id, n_yes, of_conclusive, of_all)
SELECT trend_listed_set.list_id, 'domain', set_shows.rollup, set_shows.value_id, sum(trend_listed_set.domains), NULL::numeric, NULL::numeric
FROM set_shows
JOIN trend_listed_set USING (mx_set_id)
GROUP BY trend_listed_set.list_id, set_shows.rollup, set_shows.value_id
UNION ALL
SELECT reached.list_id, 'mx_host', '', trend_shown.value_id, count(DISTINCT reached.mail_host_id), NULL::numeric, NULL::numeric
FROM reached
JOIN trend_shown USING (endpoint_id)
GROUP BY reached.list_id, trend_shown.value_id
UNION ALL
SELECT reached.list_id, 'mx_ip', '', trend_shown.value_id, count(DISTINCT trend_server.address), NULL::numeric, NULL::numeric
FROM reached
JOIN trend_server USING (endpoint_id)
JOIN trend_shown USING (endpoint_id)
GROUP BY reached.list_id, trend_shown.value_id
UNION ALL
SELECT provider_shows.list_id, provider_shows.weight, '', provider_shows.value_id, sum(provider_shows.n_yes),
       sum(100 * provider_shows.n_yes / base.n_conclusive), sum(100 * provider_shows.n_yes / base.n_all)
FROM provider_shows
JOIN trend_provider_base AS base USING (list_id, weight, provider)
GROUP BY provider_shows.list_id, provider_shows.weight, provider_shows.value_id
