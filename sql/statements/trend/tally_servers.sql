-- Counts hosts, addresses and the servers of each provider with equal answers, if a domain of the list uses them.
WITH every AS (
    SELECT bit_or(bit) AS metric FROM trend_metric
),

answered AS (
    SELECT
        trend_reached.list_id,
        trend_reached.mail_host_id,
        trend_server.address,
        trend_server.provider,
        coalesce(trend_server.is_opted_out, false)     AS is_opted_out,
        coalesce(trend_server.yes, 0)                  AS yes,
        coalesce(trend_server.no, 0)                   AS no,
        coalesce(trend_server.unknown, every.metric)   AS unknown
    FROM trend_reached
    CROSS JOIN every
    LEFT JOIN trend_server USING (endpoint_id)
),

host AS (
    SELECT
        list_id,
        bool_and(is_opted_out)                         AS is_opted_out,
        bit_or(yes)                                    AS yes,
        bit_or(no) & ~bit_or(yes)                      AS no,
        bit_or(unknown) & ~bit_or(yes) & ~bit_or(no)   AS unknown
    FROM answered
    GROUP BY list_id, mail_host_id
),

-- an address counts once, however many names it has
address AS (
    SELECT
        list_id,
        bool_and(is_opted_out)                         AS is_opted_out,
        bit_or(yes)                                    AS yes,
        bit_or(no) & ~bit_or(yes)                      AS no,
        bit_or(unknown) & ~bit_or(yes) & ~bit_or(no)   AS unknown
    FROM answered
    WHERE address IS NOT NULL
    GROUP BY list_id, address
),

provided AS (
    SELECT list_id, provider, is_opted_out, yes, no, unknown, count(*) AS units
    FROM answered
    WHERE provider IS NOT NULL
    GROUP BY list_id, provider, is_opted_out, yes, no, unknown
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
)

INSERT INTO trend_tally (list_id, weight, rollup, rank_band, provider, providers, is_opted_out, yes, no, unknown, units)
SELECT list_id, 'mx_host', '', '', '', 1, is_opted_out, yes, no, unknown, count(*)
FROM host
GROUP BY list_id, is_opted_out, yes, no, unknown
UNION ALL
SELECT list_id, 'mx_ip', '', '', '', 1, is_opted_out, yes, no, unknown, count(*)
FROM address
GROUP BY list_id, is_opted_out, yes, no, unknown
UNION ALL
SELECT
    representative.list_id, weight.name, '', '', representative.provider, representative.providers,
    representative.mixture[ordinal][1] = 1,
    representative.mixture[ordinal][2], representative.mixture[ordinal][3], representative.mixture[ordinal][4],
    representative.mixture[ordinal][5]
FROM representative
CROSS JOIN LATERAL (VALUES ('provider', true), ('provider_excl_top10', NOT representative.is_top10))
    AS weight (name, counts)
CROSS JOIN LATERAL generate_subscripts(representative.mixture, 1) AS part (ordinal)
WHERE weight.counts
