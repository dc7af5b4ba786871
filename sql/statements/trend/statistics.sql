-- Nobody else gathers statistics of temporary tables, and joins of a million rows want them.
ANALYZE trend_server, trend_set_server, trend_set, trend_listed_set
