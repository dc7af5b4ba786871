-- Counts hosts, addresses and the servers of each provider with equal answers, if a domain of the list uses them.
WITH answered AS (
    SELECT
        trend_reached.list_id,
        trend_reached.mail_host_id,
        trend_server.address,
        trend_server.provider,
        trend_pattern.pattern_id,
        trend_pattern.standing
    FROM trend_reached
    LEFT JOIN trend_server USING (endpoint_id)
    JOIN trend_pattern ON trend_pattern.pattern_id = coalesce(trend_server.pattern_id, 0)
),

-- The parts of a unit: the addresses of a host, the names of an address. Both add up by the rule of add_hosts.sql.
composed AS (
    SELECT list_id, 'mx_host' AS weight, array_agg(DISTINCT pattern_id ORDER BY pattern_id) AS patterns
    FROM answered
    WHERE standing <> 'other_family'
    GROUP BY list_id, mail_host_id
    UNION ALL
    SELECT list_id, 'mx_ip', array_agg(DISTINCT pattern_id ORDER BY pattern_id)
    FROM answered
    WHERE address IS NOT NULL
    GROUP BY list_id, address
),

alike AS MATERIALIZED (
    SELECT row_number() OVER () AS unit, list_id, weight, patterns, count(*) AS units
    FROM composed
    GROUP BY list_id, weight, patterns
),

unit AS (
    SELECT
        alike.list_id,
        alike.weight,
        alike.units,
        bool_or(part.counts)                                           AS counts,
        bool_or(trend_pattern.standing = 'opted_out')                  AS has_opted_out,
        bool_or(trend_pattern.standing IN ('opted_out', 'silent'))     AS has_silent,
        bit_or(trend_pattern.yes)                                      AS yes,
        bit_or(trend_pattern.no)                                       AS no,
        bit_or(trend_pattern.unknown)                                  AS unknown,
        bool_or(trend_pattern.shows)                                   AS shows,
        bool_or(trend_pattern.is_open)                                 AS is_open
    FROM alike
    CROSS JOIN LATERAL unnest(alike.patterns) AS member (pattern_id)
    JOIN trend_pattern USING (pattern_id)
    CROSS JOIN LATERAL (SELECT trend_pattern.standing IN ('counts', 'other_family') AS counts) AS part
    GROUP BY alike.unit, alike.list_id, alike.weight, alike.units
),

doubted AS (
    SELECT unit.list_id, unit.weight, unit.units, NOT unit.counts AND unit.has_opted_out AS is_opted_out, unit.yes,
           unit.no,
           CASE WHEN NOT unit.counts THEN ~every.metric WHEN unit.has_silent THEN every.metric ELSE unit.unknown END
               AS doubt,
           unit.shows, unit.counts AND (unit.has_silent OR unit.is_open) AS is_open
    FROM unit
    CROSS JOIN (SELECT unknown AS metric FROM trend_pattern WHERE pattern_id = 0) AS every
),

provided AS (
    SELECT list_id, provider, pattern_id, count(*) AS units
    FROM answered
    WHERE provider IS NOT NULL
    GROUP BY list_id, provider, pattern_id
),

mixed AS (
    SELECT list_id, provider, array_agg(ARRAY[pattern_id, units] ORDER BY pattern_id) AS mixture
    FROM provided
    GROUP BY list_id, provider
),

-- Most providers have one or two servers, and thousands have equal answers: one row represents all of them.
representative AS (
    SELECT mixed.list_id, mixed.mixture, known.is_top10, min(mixed.provider) AS provider, count(*) AS providers
    FROM mixed
    LEFT JOIN trend_provider USING (list_id, provider)
    CROSS JOIN LATERAL (SELECT coalesce(trend_provider.place <= 10, false) AS is_top10) AS known
    GROUP BY mixed.list_id, mixed.mixture, known.is_top10
)

INSERT INTO trend_tally (list_id, weight, rollup, rank_band, provider, providers, is_opted_out, yes, no, unknown,
                         partial, shows, is_firm, is_open, units)
SELECT list_id, weight, '', '', '', 1, is_opted_out, yes, no & ~yes & ~doubt, doubt & ~yes, doubt, shows,
       shows AND NOT is_open, is_open, sum(units)
FROM doubted
GROUP BY list_id, weight, is_opted_out, yes, no, doubt, shows, is_open
UNION ALL
SELECT
    representative.list_id, weight.name, '', '', representative.provider, representative.providers,
    trend_pattern.standing = 'opted_out', trend_pattern.yes, trend_pattern.no, trend_pattern.unknown,
    trend_pattern.yes & ~trend_pattern.yes, trend_pattern.shows, trend_pattern.shows, trend_pattern.is_open,
    representative.mixture[ordinal][2]
FROM representative
CROSS JOIN LATERAL (VALUES ('provider', true), ('provider_excl_top10', NOT representative.is_top10))
    AS weight (name, counts)
CROSS JOIN LATERAL generate_subscripts(representative.mixture, 1) AS part (ordinal)
JOIN trend_pattern ON trend_pattern.pattern_id = representative.mixture[ordinal][1]
WHERE weight.counts
