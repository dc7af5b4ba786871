-- Ends the sessions of readers whose transaction is older than :longest, whatever time-outs they have set themselves.
SELECT pg_terminate_backend(pid)
FROM pg_stat_activity
WHERE usename = 'census_reader'
  AND datname = current_database()
  AND xact_start < clock_timestamp() - :longest::interval
