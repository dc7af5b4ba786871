-- The servers behind each list, by provider and weight.
INSERT INTO trend_weighted (list_id, weight, provider, endpoint_id, is_conclusive, is_unknown)
SELECT trend_reached.list_id, weight.name, trend_server.provider, trend_server.endpoint_id,
       trend_server.yes & trend_metric.bit <> 0, trend_server.unknown & trend_metric.bit <> 0
FROM trend_reached
JOIN trend_server USING (endpoint_id)
JOIN trend_metric ON trend_metric.name = 'tls_handshake_ok'
LEFT JOIN trend_provider USING (list_id, provider)
CROSS JOIN LATERAL (VALUES
    ('provider',            true),
    ('provider_excl_top10', coalesce(trend_provider.place > 10, true))
) AS weight (name, counts)
WHERE weight.counts
