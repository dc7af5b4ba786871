-- Counts hosts, addresses and the servers of each provider with equal answers, if a domain of the list uses them.
WITH every AS (
    SELECT bit_or(bit) AS metric, bit_or(bit) FILTER (WHERE name = 'tls_handshake_ok') AS handshake FROM trend_metric
),

answered AS (
    SELECT
        trend_reached.list_id,
        trend_reached.mail_host_id,
        trend_server.address,
        trend_server.provider,
        coalesce(trend_server.standing, 'counts')      AS standing,
        coalesce(trend_server.yes, 0)                  AS yes,
        coalesce(trend_server.no, 0)                   AS no,
        coalesce(trend_server.unknown, every.metric)   AS unknown
    FROM trend_reached
    CROSS JOIN every
    LEFT JOIN trend_server USING (endpoint_id)
),

-- The parts of a unit: the addresses of a host, the names of an address. Both add up by the rule of add_hosts.sql.
part AS (
    SELECT list_id, 'mx_host' AS weight, mail_host_id::text AS unit, standing, yes, no, unknown
    FROM answered
    WHERE standing <> 'other_family'
    UNION ALL
    SELECT list_id, 'mx_ip', address::text, CASE standing WHEN 'other_family' THEN 'counts' ELSE standing END,
           yes, no, unknown
    FROM answered
    WHERE address IS NOT NULL
),

unit AS (
    SELECT
        list_id,
        weight,
        bool_or(standing = 'counts')                                         AS counts,
        bool_or(standing = 'opted_out')                                      AS has_opted_out,
        bit_or(yes)                                                          AS yes,
        bit_or(no)                                                           AS no,
        CASE
            WHEN NOT bool_or(standing = 'counts') THEN 0
            WHEN bool_or(standing IN ('opted_out', 'silent')) THEN min(every.metric)
            ELSE bit_or(unknown)
        END                                                                  AS doubt
    FROM part
    CROSS JOIN every
    GROUP BY list_id, weight, unit
),

rolled_up AS (
    SELECT list_id, weight, NOT counts AND has_opted_out AS is_opted_out, yes, no & ~yes & ~doubt AS no,
           doubt & ~yes AS unknown, doubt AS partial, count(*) AS units
    FROM unit
    GROUP BY 1, 2, 3, 4, 5, 6, 7
),

provided AS (
    SELECT list_id, provider, standing = 'opted_out' AS is_opted_out, yes, no, unknown, count(*) AS units
    FROM answered
    WHERE provider IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6
),

mixed AS (
    SELECT
        list_id, provider,
        array_agg(ARRAY[is_opted_out::integer, yes, no, unknown, units] ORDER BY is_opted_out, yes, no,
                  unknown) AS mixture
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
),

tallied AS (
    SELECT list_id, weight, '' AS provider, 1 AS providers, is_opted_out, yes, no, unknown, partial, units
    FROM rolled_up
    UNION ALL
    SELECT
        representative.list_id, weight.name, representative.provider, representative.providers,
        representative.mixture[ordinal][1] = 1,
        representative.mixture[ordinal][2], representative.mixture[ordinal][3], representative.mixture[ordinal][4],
        0,
        representative.mixture[ordinal][5]
    FROM representative
    CROSS JOIN LATERAL (VALUES ('provider', true), ('provider_excl_top10', NOT representative.is_top10))
        AS weight (name, counts)
    CROSS JOIN LATERAL generate_subscripts(representative.mixture, 1) AS part (ordinal)
    WHERE weight.counts
)

INSERT INTO trend_tally (list_id, weight, rollup, rank_band, provider, providers, is_opted_out, yes, no, unknown,
                         partial, shows, is_firm, is_open, units)
SELECT tallied.list_id, tallied.weight, '', '', tallied.provider, tallied.providers, tallied.is_opted_out,
       tallied.yes, tallied.no, tallied.unknown, tallied.partial,
       tallied.yes & every.handshake <> 0,
       tallied.yes & every.handshake <> 0 AND (tallied.unknown | tallied.partial) & every.handshake = 0,
       (tallied.unknown | tallied.partial) & every.handshake <> 0,
       tallied.units
FROM tallied
CROSS JOIN every
