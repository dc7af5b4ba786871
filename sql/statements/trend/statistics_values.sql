ANALYZE trend_value, trend_kind_value, trend_shown, trend_weighted, trend_provider_base
