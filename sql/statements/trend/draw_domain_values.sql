-- The domains of each draw that show a value, as in tally_values.sql, and those that show any.
WITH host AS MATERIALIZED (
    SELECT trend_drawn_set.mx_set_id, trend_set_server.mail_host_id,
           bool_or(trend_set_server.is_best) AS is_best, bool_or(trend_host_pattern.is_open) AS is_open,
           array_agg(DISTINCT trend_shown.kind_id) AS kinds
    FROM trend_drawn_set
    JOIN trend_set_server USING (mx_set_id)
    JOIN trend_shown USING (endpoint_id)
    JOIN trend_host USING (mx_set_id, mail_host_id)
    JOIN trend_host_pattern USING (host_pattern_id)
    GROUP BY trend_drawn_set.mx_set_id, trend_set_server.mail_host_id
),

scope AS MATERIALIZED (
    SELECT mx_set_id, count(*) FILTER (WHERE NOT is_open) AS firm, bool_or(is_best) AS best
    FROM host
    GROUP BY mx_set_id
),

shows AS (
    SELECT host.mx_set_id, trend_kind_value.value_id,
           count(DISTINCT host.mail_host_id) FILTER (WHERE NOT host.is_open) AS firm, bool_or(host.is_best) AS best
    FROM host
    CROSS JOIN LATERAL unnest(host.kinds) AS shown (kind_id)
    JOIN trend_kind_value USING (kind_id)
    GROUP BY host.mx_set_id, trend_kind_value.value_id
),

listed AS MATERIALIZED (
    SELECT trend_listed_set.list_id, trend_drawn_set.mx_set_id, trend_drawn_set.drawn_as, trend_drawn_set.correction,
           sum(trend_listed_set.domains)::double precision AS domains
    FROM trend_drawn_set
    JOIN trend_listed_set USING (mx_set_id)
    GROUP BY trend_listed_set.list_id, trend_drawn_set.mx_set_id, trend_drawn_set.drawn_as, trend_drawn_set.correction
),

known AS MATERIALIZED (
    SELECT listed.list_id, rollup.name AS rollup, listed.drawn_as, max(listed.correction) AS correction,
           sum(listed.domains) AS n_known
    FROM scope
    JOIN listed USING (mx_set_id)
    CROSS JOIN LATERAL (VALUES ('any', true), ('primary', scope.best), ('all_reachable', true)) AS rollup (name, counts)
    WHERE rollup.counts
    GROUP BY listed.list_id, rollup.name, listed.drawn_as
),

showing AS (
    SELECT listed.list_id, rollup.name AS rollup, listed.drawn_as, shows.value_id, sum(listed.domains) AS n_yes
    FROM shows
    JOIN scope USING (mx_set_id)
    JOIN listed USING (mx_set_id)
    CROSS JOIN LATERAL (VALUES ('any', true), ('primary', shows.best), ('all_reachable', shows.firm = scope.firm))
        AS rollup (name, counts)
    WHERE rollup.counts
    GROUP BY listed.list_id, rollup.name, listed.drawn_as, shows.value_id
)

INSERT INTO trend_value_error (list_id, weight, rollup, value_id, yy, yd, dd)
SELECT list_id, 'domain', rollup, NULL, 0, 0, sum(correction * n_known * n_known)
FROM known
GROUP BY list_id, rollup
UNION ALL
SELECT list_id, 'domain', rollup, showing.value_id, sum(correction * n_yes * n_yes), sum(correction * n_yes * n_known), 0
FROM showing
JOIN known USING (list_id, rollup, drawn_as)
GROUP BY list_id, rollup, showing.value_id
