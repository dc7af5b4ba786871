INSERT INTO trend_provider_base (list_id, provider, is_top10, n_conclusive, n_unknown, n_all)
SELECT list_id, provider, is_top10,
       nullif(count(*) FILTER (WHERE is_conclusive), 0),
       count(*) FILTER (WHERE is_unknown),
       nullif(count(*) FILTER (WHERE is_conclusive OR is_unknown), 0)
FROM trend_weighted
GROUP BY list_id, provider, is_top10
