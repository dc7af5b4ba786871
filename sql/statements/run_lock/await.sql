-- A session that waits for the lock gets it before sessions that only try.
SELECT pg_advisory_lock(:key)
