-- The servers behind each list, by provider.
INSERT INTO trend_weighted (list_id, provider, is_top10, endpoint_id, is_conclusive, is_unknown)
SELECT trend_reached.list_id, trend_server.provider, coalesce(trend_provider.place <= 10, false),
       trend_server.endpoint_id, trend_pattern.shows, trend_pattern.is_open
FROM trend_reached
JOIN trend_server USING (endpoint_id)
JOIN trend_pattern USING (pattern_id)
LEFT JOIN trend_provider USING (list_id, provider)
