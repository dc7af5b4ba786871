-- Hosts and addresses that show a value, as in tally_values.sql. A host with an open server is unknown to a value that
-- it does not show. So is an address with an open name.
WITH reached_open AS (
    SELECT trend_reached.list_id, trend_reached.mail_host_id, trend_reached.endpoint_id, trend_server.address,
           trend_pattern.standing,
           trend_pattern.is_open OR trend_pattern.standing IN ('opted_out', 'silent') AS is_open
    FROM trend_reached
    LEFT JOIN trend_server USING (endpoint_id)
    JOIN trend_pattern ON trend_pattern.pattern_id = coalesce(trend_server.pattern_id, 0)
),

mx_host AS (
    SELECT list_id, kinds, is_open, count(*) AS units
    FROM (
        SELECT reached_open.list_id,
               bool_or(reached_open.is_open AND reached_open.standing <> 'other_family') AS is_open,
               array_agg(DISTINCT trend_shown.kind_id ORDER BY trend_shown.kind_id)
                   FILTER (WHERE trend_shown.kind_id IS NOT NULL) AS kinds
        FROM reached_open
        LEFT JOIN trend_shown USING (endpoint_id)
        GROUP BY reached_open.list_id, reached_open.mail_host_id
    ) AS host
    WHERE kinds IS NOT NULL
    GROUP BY list_id, kinds, is_open
),

mx_ip AS (
    SELECT list_id, kinds, is_open, count(*) AS units
    FROM (
        SELECT reached_open.list_id, bool_or(reached_open.is_open) AS is_open,
               array_agg(DISTINCT trend_shown.kind_id ORDER BY trend_shown.kind_id)
                   FILTER (WHERE trend_shown.kind_id IS NOT NULL) AS kinds
        FROM reached_open
        LEFT JOIN trend_shown USING (endpoint_id)
        WHERE reached_open.address IS NOT NULL
        GROUP BY reached_open.list_id, reached_open.address
    ) AS address
    WHERE kinds IS NOT NULL
    GROUP BY list_id, kinds, is_open
),

unit_kind AS MATERIALIZED (
    SELECT row_number() OVER () AS alike, list_id, weight, kinds, is_open, units
    FROM (
        SELECT list_id, 'mx_host' AS weight, kinds, is_open, units FROM mx_host
        UNION ALL
        SELECT list_id, 'mx_ip', kinds, is_open, units FROM mx_ip
    ) AS unit
),

unit_shows AS (
    SELECT DISTINCT unit_kind.alike, unit_kind.list_id, unit_kind.weight, unit_kind.is_open, unit_kind.units,
           trend_kind_value.value_id
    FROM unit_kind
    CROSS JOIN LATERAL unnest(unit_kind.kinds) AS shown (kind_id)
    JOIN trend_kind_value USING (kind_id)
)

INSERT INTO trend_share (list_id, weight, rollup, value_id, n_yes, n_yes_partial, n_no, n_no_partial,
                         other_no, other_no_partial, other_unknown, of_conclusive, of_all)
SELECT list_id, weight, '', value_id, sum(units), coalesce(sum(units) FILTER (WHERE is_open), 0), 0, 0,
       coalesce(sum(units) FILTER (WHERE NOT is_open), 0), 0, coalesce(sum(units) FILTER (WHERE is_open), 0),
       NULL::numeric, NULL::numeric
FROM unit_shows
GROUP BY list_id, weight, value_id
