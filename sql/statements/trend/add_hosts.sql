-- From servers to hosts (docs/outcomes.md, section 6): yes if any server that counts is yes; no if every one that
-- counts is no; else unknown. Servers that opted out, or are silent, are unknown beside one that counts. Those that
-- have left, or are of another family than our addresses, are nothing.
WITH host AS MATERIALIZED (
    SELECT
        trend_set_server.mx_set_id,
        trend_set_server.mail_host_id,
        bool_or(trend_set_server.is_best) AS is_best,
        -- a server without an answer counts, and is unknown
        array_agg(DISTINCT coalesce(trend_server.pattern_id, 0)
                  ORDER BY coalesce(trend_server.pattern_id, 0)) AS patterns
    FROM trend_set_server
    LEFT JOIN trend_server USING (endpoint_id)
    GROUP BY trend_set_server.mx_set_id, trend_set_server.mail_host_id
),

alike AS MATERIALIZED (
    SELECT CASE patterns WHEN '{0}' THEN 0 ELSE row_number() OVER () END AS host_pattern_id, patterns
    FROM (
        SELECT patterns FROM host
        UNION
        SELECT '{0}'
    ) AS known
),

gathered AS (
    SELECT
        alike.host_pattern_id,
        CASE
            WHEN bool_or(trend_pattern.standing = 'counts') THEN 'counts'
            WHEN bool_or(trend_pattern.standing = 'opted_out') THEN 'opted_out'
            WHEN bool_or(trend_pattern.standing = 'silent') THEN 'silent'
            ELSE 'left'
        END                                            AS standing,
        bit_or(trend_pattern.yes)                      AS yes,
        bit_or(trend_pattern.no)                       AS no,
        bit_or(CASE
            WHEN trend_pattern.standing = 'counts' THEN trend_pattern.unknown
            WHEN trend_pattern.standing IN ('opted_out', 'silent') THEN nothing_known.unknown
            WHEN trend_pattern.standing IN ('other_family', 'left') THEN ~nothing_known.unknown
        END)                                           AS doubt,
        bool_or(trend_pattern.shows)                   AS shows,
        bool_or(trend_pattern.standing IN ('opted_out', 'silent')
                OR trend_pattern.standing = 'counts' AND trend_pattern.is_open) AS is_open
    FROM alike
    CROSS JOIN LATERAL unnest(alike.patterns) AS member (pattern_id)
    JOIN trend_pattern USING (pattern_id)
    JOIN trend_pattern AS nothing_known ON nothing_known.pattern_id = 0
    GROUP BY alike.host_pattern_id
),

kept AS (
    INSERT INTO trend_host_pattern (host_pattern_id, standing, yes, no, doubt, shows, is_open)
    SELECT host_pattern_id, standing, yes, no & ~yes & ~doubt, doubt & ~yes, shows, is_open
    FROM gathered
)

INSERT INTO trend_host (mx_set_id, mail_host_id, is_best, host_pattern_id)
SELECT host.mx_set_id, host.mail_host_id, host.is_best, alike.host_pattern_id
FROM host
JOIN alike USING (patterns)
