-- Ends the sessions of these names that have the lock of this database. They are earlier sessions of this process that
-- are no longer used. Their names contain a random token, so no other process has one of them.
SELECT pg_terminate_backend(pid)
FROM pg_locks
JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory'
  AND granted
  AND objsubid = 1
  AND classid::bigint << 32 | objid::bigint = :key
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND application_name = ANY (:names)
  AND pid <> pg_backend_pid()
