-- The role of people and programs that read: it may log in, and owns nothing. It has no password here. The administrator
-- of a server of one's own gives it one (psql: \password census_reader); the embedded server's is set by the program.
DO $$
BEGIN
    IF to_regrole('census_reader') IS NULL THEN
        CREATE ROLE census_reader LOGIN CONNECTION LIMIT 8;
    ELSE
        ALTER ROLE census_reader LOGIN CONNECTION LIMIT 8;
    END IF;
END
$$
