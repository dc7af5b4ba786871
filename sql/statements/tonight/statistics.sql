-- Autovacuum does not analyse temporary tables, and joins of a million rows need statistics.
ANALYZE tonight_domain, tonight_server, tonight_host, tonight_answer
