-- The name of the session that has the lock of this database; no row if it is free. The name is empty if this role may
-- not see it.
SELECT coalesce(application_name, '')
FROM pg_locks
LEFT JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory'
  AND granted
  AND objsubid = 1
  AND classid::bigint << 32 | objid::bigint = :key
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
LIMIT 1
