-- PostgreSQL lets everybody take advisory locks, of which the run lock is one, and make large objects. In this database
-- the owner of the census may, and nobody else by default. A limit of temporary files is one that a role cannot lift.
-- Only a superuser may do this.
DO $$
DECLARE
    maker   regrole := (SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'pub');
    program regprocedure;
BEGIN
    FOR program IN
        SELECT oid::regprocedure
        FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
          AND proname ~ '^(pg_(try_)?advisory_.*lock.*|lo_.*|lowrite|pg_logical_emit_message)$'
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', program, maker);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', program);
    END LOOP;
    ALTER ROLE census_reader SET temp_file_limit = '4GB';
END
$$
