-- The servers behind each list, by provider.
INSERT INTO trend_weighted (list_id, provider, is_top10, endpoint_id, is_conclusive, is_unknown)
SELECT trend_reached.list_id, trend_server.provider, coalesce(trend_provider.place <= 10, false),
       trend_server.endpoint_id,
       trend_server.yes & trend_metric.bit <> 0, trend_server.unknown & trend_metric.bit <> 0
FROM trend_reached
JOIN trend_server USING (endpoint_id)
JOIN trend_metric ON trend_metric.name = 'tls_handshake_ok'
LEFT JOIN trend_provider USING (list_id, provider)
