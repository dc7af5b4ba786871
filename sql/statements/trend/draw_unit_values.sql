-- The hosts and addresses of each draw that show a value, as in tally_unit_values.sql, and those that show any.
WITH shown AS MATERIALIZED (
    SELECT unit.list_id, unit.weight, unit.drawn_as, unit.correction, unit.mail_host_id, unit.address,
           trend_shown.kind_id
    FROM trend_drawn_unit AS unit
    JOIN trend_reached USING (list_id, mail_host_id)
    JOIN trend_shown USING (endpoint_id)
    WHERE unit.weight = 'mx_host'
    UNION
    SELECT unit.list_id, unit.weight, unit.drawn_as, unit.correction, unit.mail_host_id, unit.address,
           trend_shown.kind_id
    FROM trend_drawn_unit AS unit
    JOIN trend_server USING (address)
    JOIN trend_reached USING (list_id, endpoint_id)
    JOIN trend_shown USING (endpoint_id)
    WHERE unit.weight = 'mx_ip'
),

known AS MATERIALIZED (
    SELECT list_id, weight, drawn_as, max(correction) AS correction,
           count(DISTINCT (mail_host_id, address))::double precision AS n_known
    FROM shown
    GROUP BY list_id, weight, drawn_as
),

showing AS (
    SELECT shown.list_id, shown.weight, shown.drawn_as, trend_kind_value.value_id,
           count(DISTINCT (shown.mail_host_id, shown.address))::double precision AS n_yes
    FROM shown
    JOIN trend_kind_value USING (kind_id)
    GROUP BY shown.list_id, shown.weight, shown.drawn_as, trend_kind_value.value_id
)

INSERT INTO trend_value_error (list_id, weight, rollup, value_id, yy, yd, dd)
SELECT list_id, weight, '', NULL, 0, 0, sum(correction * n_known * n_known)
FROM known
GROUP BY list_id, weight
UNION ALL
SELECT list_id, weight, '', showing.value_id, sum(correction * n_yes * n_yes), sum(correction * n_yes * n_known), 0
FROM showing
JOIN known USING (list_id, weight, drawn_as)
GROUP BY list_id, weight, showing.value_id
