-- Whether a session whose name begins with :name has the lock of this database.
SELECT EXISTS (
    SELECT
    FROM pg_locks
    JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory'
      AND granted
      AND objsubid = 1
      AND classid::bigint << 32 | objid::bigint = :key
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND starts_with(application_name, :name)
)
