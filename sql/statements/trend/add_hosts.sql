-- From servers to hosts (docs/outcomes.md, section 6): yes if any server that counts is yes; no if every one that
-- counts is no; else unknown. Servers that opted out, or are silent, are unknown beside one that counts. Those that
-- have left, or are of another family than our addresses, are nothing.
WITH every AS (
    SELECT bit_or(bit) AS metric FROM trend_metric
),

answered AS (
    SELECT
        trend_set_server.mx_set_id,
        trend_set_server.mail_host_id,
        trend_set_server.is_best,
        coalesce(trend_server.standing, 'counts')      AS standing,
        coalesce(trend_server.yes, 0)                  AS yes,
        coalesce(trend_server.no, 0)                   AS no,
        CASE coalesce(trend_server.standing, 'counts')
            WHEN 'counts' THEN coalesce(trend_server.unknown, every.metric)
            WHEN 'opted_out' THEN every.metric
            WHEN 'silent' THEN every.metric
            WHEN 'other_family' THEN 0
            WHEN 'left' THEN 0
        END                                            AS doubt
    FROM trend_set_server
    CROSS JOIN every
    LEFT JOIN trend_server USING (endpoint_id)
),

host AS (
    SELECT
        mx_set_id,
        mail_host_id,
        bool_or(is_best)                               AS is_best,
        CASE
            WHEN bool_or(standing = 'counts') THEN 'counts'
            WHEN bool_or(standing = 'opted_out') THEN 'opted_out'
            WHEN bool_or(standing = 'silent') THEN 'silent'
            ELSE 'left'
        END                                            AS standing,
        bit_or(yes)                                    AS yes,
        bit_or(no)                                     AS no,
        bit_or(doubt)                                  AS doubt
    FROM answered
    GROUP BY mx_set_id, mail_host_id
)

INSERT INTO trend_host (mx_set_id, mail_host_id, is_best, standing, yes, no, doubt, shows, is_open)
SELECT
    host.mx_set_id, host.mail_host_id, host.is_best, host.standing,
    host.yes,
    host.no & ~host.yes & ~host.doubt,
    host.doubt & ~host.yes,
    host.yes & trend_metric.bit <> 0,
    host.doubt & trend_metric.bit <> 0
FROM host
JOIN trend_metric ON trend_metric.name = 'tls_handshake_ok'
