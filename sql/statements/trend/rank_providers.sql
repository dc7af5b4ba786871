-- The providers of each list by their number of domains. A domain belongs to the provider of its best-preference MX; if
-- these differ, to the first by name.
WITH set_provider AS (
    SELECT trend_set_server.mx_set_id, min(trend_server.provider) AS provider
    FROM trend_set_server
    JOIN trend_server USING (endpoint_id)
    WHERE trend_set_server.is_best
    GROUP BY trend_set_server.mx_set_id
)

INSERT INTO trend_provider (list_id, provider, place)
SELECT
    trend_listed_set.list_id,
    set_provider.provider,
    row_number() OVER (
        PARTITION BY trend_listed_set.list_id
        ORDER BY sum(trend_listed_set.domains) DESC, set_provider.provider COLLATE "C"
    )
FROM trend_listed_set
JOIN set_provider USING (mx_set_id)
GROUP BY trend_listed_set.list_id, set_provider.provider
