SELECT EXISTS (
    SELECT
    FROM pg_locks
    WHERE locktype = 'advisory'
      AND granted
      AND objsubid = 1
      AND classid::bigint << 32 | objid::bigint = :key
      AND pid = pg_backend_pid()
)
