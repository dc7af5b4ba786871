-- The hosts and addresses of each draw, by their answers: rolled up as in tally_servers.sql.
WITH part AS (
    SELECT unit.list_id, unit.weight, unit.drawn_as, unit.correction, unit.mail_host_id, unit.address,
           trend_pattern.standing, trend_pattern.yes, trend_pattern.no, trend_pattern.unknown
    FROM trend_drawn_unit AS unit
    JOIN trend_reached USING (list_id, mail_host_id)
    LEFT JOIN trend_server USING (endpoint_id)
    JOIN trend_pattern ON trend_pattern.pattern_id = coalesce(trend_server.pattern_id, 0)
    WHERE unit.weight = 'mx_host'
      AND trend_pattern.standing <> 'other_family'
    UNION ALL
    SELECT unit.list_id, unit.weight, unit.drawn_as, unit.correction, unit.mail_host_id, unit.address,
           trend_pattern.standing, trend_pattern.yes, trend_pattern.no, trend_pattern.unknown
    FROM trend_drawn_unit AS unit
    JOIN trend_server USING (address)
    JOIN trend_reached USING (list_id, endpoint_id)
    JOIN trend_pattern USING (pattern_id)
    WHERE unit.weight = 'mx_ip'
),

gathered AS (
    SELECT list_id, weight, drawn_as, correction,
           bool_or(standing IN ('counts', 'other_family'))        AS counts,
           bool_or(standing IN ('opted_out', 'silent'))           AS has_silent,
           bit_or(yes) AS yes, bit_or(no) AS no, bit_or(unknown)  AS unknown
    FROM part
    GROUP BY list_id, weight, drawn_as, correction, mail_host_id, address
),

unit AS (
    SELECT list_id, weight, drawn_as, max(correction) AS correction, yes, no, count(*) AS units
    FROM (
        SELECT list_id, weight, drawn_as, correction, yes,
               CASE WHEN has_silent THEN no & ~no ELSE no & ~yes & ~unknown END AS no
        FROM gathered
        WHERE counts
    ) AS answered
    GROUP BY list_id, weight, drawn_as, yes, no
),

-- draws that are alike have the same words
mixed AS (
    SELECT list_id, weight, drawn_as, max(correction) AS correction,
           string_agg(concat_ws(' ', yes, no, units), ',' ORDER BY yes, no) AS words
    FROM unit
    GROUP BY list_id, weight, drawn_as
),

alike AS (
    SELECT list_id, weight, words, max(correction) AS correction, min(drawn_as) AS drawn_as, count(*) AS draws
    FROM mixed
    GROUP BY list_id, weight, words, mixed.correction
)

INSERT INTO trend_drawn (list_id, weight, rollup, rank_band, draw, draws, correction, yes, no, units)
SELECT alike.list_id, alike.weight, '', '', alike.drawn_as, alike.draws, alike.correction, unit.yes, unit.no, unit.units
FROM alike
JOIN unit USING (list_id, weight, drawn_as)
