-- It may read the views of schema pub, also those that are made later, and make nothing, not even a temporary table.
DO $$
DECLARE
    maker regrole := (SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'pub');
BEGIN
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO census_reader', current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO %s', current_database(), maker);
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    IF to_regnamespace('public') IS NOT NULL THEN
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    END IF;
    GRANT USAGE ON SCHEMA pub TO census_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA pub TO census_reader;
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA pub GRANT SELECT ON TABLES TO census_reader', maker);
END
$$
