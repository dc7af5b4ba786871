-- Nobody else gathers statistics of temporary tables, and joins of a million rows want them.
ANALYZE tonight_domain, tonight_server
