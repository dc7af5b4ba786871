-- The domains of each draw, by their answers. Most draws have one set with a domain or two, and thousands are alike:
-- these are counted together.
WITH counted AS (
    SELECT
        trend_listed_set.list_id,
        trend_drawn_set.drawn_as,
        trend_drawn_set.correction,
        trend_set.set_pattern_id,
        sum(trend_listed_set.domains)::bigint        AS domains,
        sum(trend_listed_set.domains_1k)::bigint     AS domains_1k,
        sum(trend_listed_set.domains_10k)::bigint    AS domains_10k,
        sum(trend_listed_set.domains_100k)::bigint   AS domains_100k,
        sum(trend_listed_set.domains_1m)::bigint     AS domains_1m
    FROM trend_drawn_set
    JOIN trend_listed_set USING (mx_set_id)
    JOIN trend_set USING (mx_set_id, is_cut)
    GROUP BY 1, 2, 3, 4
),

mixed AS (
    SELECT list_id, max(correction) AS correction,
           array_agg(ARRAY[set_pattern_id::bigint, domains, domains_1k, domains_10k, domains_100k, domains_1m]
                     ORDER BY set_pattern_id, correction) AS mixture
    FROM counted
    GROUP BY list_id, drawn_as
),

alike AS (
    SELECT row_number() OVER () AS draw, list_id, mixture, correction, count(*) AS draws
    FROM mixed
    GROUP BY list_id, mixture, correction
)

INSERT INTO trend_drawn (list_id, weight, rollup, rank_band, draw, draws, correction, yes, no, units)
SELECT alike.list_id, cell.weight, pattern.rollup, cell.rank_band, alike.draw, alike.draws, alike.correction,
       pattern.yes, pattern.no, alike.mixture[ordinal][cell.place]
FROM alike
CROSS JOIN LATERAL generate_subscripts(alike.mixture, 1) AS part (ordinal)
JOIN trend_set_pattern AS pattern ON pattern.set_pattern_id = alike.mixture[ordinal][1]
CROSS JOIN (VALUES
    ('domain', '', 2), ('domain_rankband', '1k', 3), ('domain_rankband', '10k', 4), ('domain_rankband', '100k', 5),
    ('domain_rankband', '1M', 6)
) AS cell (weight, rank_band, place)
WHERE alike.mixture[ordinal][cell.place] > 0
