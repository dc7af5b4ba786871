-- What of the role of readers is in place in this database. What it has in other databases of the server does not count.
WITH reader AS (
    SELECT oid, rolname, rolcanlogin AND NOT rolsuper AND rolconnlimit BETWEEN 0 AND 8 AS is_bounded
    FROM pg_roles
    WHERE rolname = 'census_reader'
),
setting AS (
    SELECT setdatabase, unnest(setconfig) AS line
    FROM pg_db_role_setting
    JOIN reader ON reader.oid = setrole
    WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
)
SELECT coalesce((SELECT is_bounded FROM reader), false) AS role,
       coalesce((
           SELECT array_agg(line ORDER BY line) FILTER (WHERE setdatabase = 0 AND line NOT LIKE 'temp\_file\_limit=%')
                  = ARRAY['default_transaction_read_only=on', 'idle_in_transaction_session_timeout=5min',
                          'idle_session_timeout=2h', 'lock_timeout=10s', 'search_path=pub', 'statement_timeout=5min']
              AND count(*) FILTER (WHERE setdatabase <> 0) = 0
           FROM setting
       ), false) AS settings,
       coalesce((
           SELECT has_database_privilege(reader.oid, current_database(), 'CONNECT')
              AND NOT has_database_privilege(reader.oid, current_database(), 'TEMPORARY')
              AND NOT has_database_privilege(reader.oid, current_database(), 'CREATE')
              AND has_schema_privilege(reader.oid, 'pub', 'USAGE')
              AND (to_regnamespace('public') IS NULL OR NOT has_schema_privilege(reader.oid, 'public', 'CREATE'))
              AND NOT EXISTS (
                  SELECT
                  FROM pg_class
                  WHERE relnamespace = 'pub'::regnamespace
                    AND relkind IN ('r', 'p', 'v', 'm')
                    AND NOT has_table_privilege(reader.oid, pg_class.oid, 'SELECT')
              )
              AND EXISTS (
                  SELECT
                  FROM pg_default_acl
                  CROSS JOIN LATERAL aclexplode(defaclacl) AS granted
                  JOIN pg_namespace ON pg_namespace.oid = defaclnamespace AND nspname = 'pub' AND nspowner = defaclrole
                  WHERE defaclobjtype = 'r' AND granted.grantee = reader.oid
              )
           FROM reader
       ), false) AS grants,
       coalesce((
           SELECT NOT has_function_privilege(reader.oid, 'pg_catalog.pg_try_advisory_lock(bigint)', 'EXECUTE')
              AND NOT has_function_privilege(reader.oid, 'pg_catalog.pg_advisory_xact_lock(integer, integer)', 'EXECUTE')
              AND NOT has_function_privilege(reader.oid, 'pg_catalog.lo_from_bytea(oid, bytea)', 'EXECUTE')
              AND EXISTS (SELECT FROM setting WHERE setdatabase = 0 AND line = 'temp_file_limit=4GB')
           FROM reader
       ), false) AS functions
