-- What tells this database from all others: its server's identifier, made with the server's data, and its number there.
SELECT system_identifier || '/' || pg_database.oid
FROM pg_control_system(), pg_database
WHERE datname = current_database()
