-- Who holds, on a table of nights, a lock in the way of a new month. Reading and writing is not.
SELECT activity.pid, coalesce(activity.usename, '') AS role, coalesce(activity.application_name, '') AS program,
       coalesce(activity.state, '') AS state, activity.xact_start AS since,
       string_agg(DISTINCT held.relation::regclass::text, ', ') AS tables
FROM pg_locks AS held
JOIN pg_stat_activity AS activity ON activity.pid = held.pid
WHERE held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND held.locktype = 'relation'
  AND held.granted
  AND held.pid <> pg_backend_pid()
  AND held.mode IN ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                    'AccessExclusiveLock')
  AND held.relation IN (
      SELECT parent.oid
      FROM pg_class AS parent
      WHERE parent.relkind IN ('p', 'I')
        AND parent.relnamespace = 'census'::regnamespace
  )
GROUP BY activity.pid, activity.usename, activity.application_name, activity.state, activity.xact_start
ORDER BY activity.xact_start
