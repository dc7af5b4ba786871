-- From servers to hosts, and from hosts to sets of MX records (docs/outcomes.md, section 6): yes if any is yes;
-- no if at least one is no and none yes; unknown if at least one is unknown and none conclusive; else out.
-- all_reachable: no if any is no.
WITH every AS (
    SELECT bit_or(bit) AS metric FROM trend_metric
),

answered AS (
    SELECT
        trend_set_server.mx_set_id,
        trend_set_server.mail_host_id,
        trend_set_server.is_best,
        coalesce(trend_server.is_opted_out, false)     AS is_opted_out,
        coalesce(trend_server.yes, 0)                  AS yes,
        coalesce(trend_server.no, 0)                   AS no,
        coalesce(trend_server.unknown, every.metric)   AS unknown
    FROM trend_set_server
    CROSS JOIN every
    LEFT JOIN trend_server USING (endpoint_id)
),

host AS (
    SELECT
        mx_set_id,
        bool_or(is_best)                               AS is_best,
        bool_and(is_opted_out)                         AS is_opted_out,
        bit_or(yes)                                    AS yes,
        bit_or(no) & ~bit_or(yes)                      AS no,
        bit_or(unknown) & ~bit_or(yes) & ~bit_or(no)   AS unknown
    FROM answered
    GROUP BY mx_set_id, mail_host_id
),

gathered AS (
    SELECT
        mx_set_id,
        bool_and(is_opted_out)                         AS is_opted_out,
        bit_or(yes)                                    AS yes,
        bit_or(no)                                     AS no,
        bit_or(unknown)                                AS unknown,
        bool_and(is_opted_out) FILTER (WHERE is_best)  AS best_is_opted_out,
        bit_or(yes) FILTER (WHERE is_best)             AS best_yes,
        bit_or(no) FILTER (WHERE is_best)              AS best_no,
        bit_or(unknown) FILTER (WHERE is_best)         AS best_unknown
    FROM host
    GROUP BY mx_set_id
)

INSERT INTO trend_set (mx_set_id, rollup, is_opted_out, yes, no, unknown)
SELECT gathered.mx_set_id, rollup.name, rollup.is_opted_out, rollup.yes, rollup.no, rollup.unknown
FROM gathered
CROSS JOIN every
CROSS JOIN LATERAL (VALUES
    ('any', is_opted_out, yes, no & ~yes, unknown & ~yes & ~no),
    -- if no best-preference host has an address, nothing is known of the primaries
    ('primary', coalesce(best_is_opted_out, false), coalesce(best_yes, 0), coalesce(best_no & ~best_yes, 0),
        coalesce(best_unknown & ~best_yes & ~best_no, every.metric)),
    ('all_reachable', is_opted_out, yes & ~no, no, unknown & ~yes & ~no)
) AS rollup (name, is_opted_out, yes, no, unknown)
