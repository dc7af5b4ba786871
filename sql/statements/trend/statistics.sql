-- Autovacuum does not analyse temporary tables, and joins of a million rows need statistics.
ANALYZE trend_server, trend_set_server, trend_host, trend_set, trend_listed_set,
    trend_pattern, trend_host_pattern, trend_set_pattern
