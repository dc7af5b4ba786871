-- How its sessions begin. A role may change these for itself, so nothing that must hold depends on them: what it may not
-- do, it has no right to do.
DO $$
BEGIN
    ALTER ROLE census_reader RESET ALL;
    EXECUTE format('ALTER ROLE census_reader IN DATABASE %I RESET ALL', current_database());
    ALTER ROLE census_reader SET search_path = 'pub';
    ALTER ROLE census_reader SET default_transaction_read_only = 'on';
    ALTER ROLE census_reader SET statement_timeout = '5min';
    ALTER ROLE census_reader SET lock_timeout = '10s';
    ALTER ROLE census_reader SET idle_in_transaction_session_timeout = '5min';
    ALTER ROLE census_reader SET idle_session_timeout = '2h';
END
$$
