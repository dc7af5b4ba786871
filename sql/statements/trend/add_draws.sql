-- Servers that are not called every night and whose turn was tonight. A name that inherits is known if its donor is.
WITH drawn AS (
    SELECT endpoint_id, drawn_as, 1 - 1.0::double precision / measured_within_nights AS correction
    FROM planned_call
    WHERE night = :night
      AND drawn_as IS NOT NULL
      AND not_attempted IS DISTINCT FROM 'budget'
      AND not_attempted IS DISTINCT FROM 'inherited'
),

known AS (
    INSERT INTO trend_draw (endpoint_id, drawn_as, correction)
    SELECT endpoint_id, drawn_as, correction
    FROM drawn
    UNION ALL
    SELECT heir.endpoint_id, drawn.drawn_as, drawn.correction
    FROM drawn
    JOIN planned_call AS heir ON heir.night = :night AND heir.donor_endpoint_id = drawn.endpoint_id
    RETURNING endpoint_id, drawn_as, correction
),

served AS (
    INSERT INTO trend_drawn_set (mx_set_id, drawn_as, correction)
    SELECT trend_set_server.mx_set_id, min(known.drawn_as), max(known.correction)
    FROM known
    JOIN trend_set_server USING (endpoint_id)
    GROUP BY trend_set_server.mx_set_id
),

reached AS (
    SELECT trend_reached.list_id, trend_reached.mail_host_id, trend_server.address, known.drawn_as, known.correction
    FROM known
    JOIN trend_server USING (endpoint_id)
    JOIN trend_reached USING (endpoint_id)
)

INSERT INTO trend_drawn_unit (list_id, weight, mail_host_id, address, drawn_as, correction)
SELECT list_id, 'mx_host', mail_host_id, NULL, min(drawn_as), max(correction)
FROM reached
GROUP BY list_id, mail_host_id
UNION ALL
SELECT list_id, 'mx_ip', NULL, address, min(drawn_as), max(correction)
FROM reached
GROUP BY list_id, address
