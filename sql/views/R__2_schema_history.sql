-- Flyway creates this table without comments; every table of this schema has comments.

COMMENT ON TABLE flyway_schema_history IS 'Flyway''s history: the migrations that were applied to this schema. It contains no measurements.';
COMMENT ON COLUMN flyway_schema_history.installed_rank IS 'Order in which they were applied.';
COMMENT ON COLUMN flyway_schema_history.version IS 'Version of the migration; null for the repeatable ones: views and functions.';
COMMENT ON COLUMN flyway_schema_history.description IS 'Its name.';
COMMENT ON COLUMN flyway_schema_history.type IS 'Its kind; SQL.';
COMMENT ON COLUMN flyway_schema_history.script IS 'Its file.';
COMMENT ON COLUMN flyway_schema_history.checksum IS 'Checksum of the file when it was applied.';
COMMENT ON COLUMN flyway_schema_history.installed_by IS 'The database user who applied it.';
COMMENT ON COLUMN flyway_schema_history.installed_on IS 'When.';
COMMENT ON COLUMN flyway_schema_history.execution_time IS 'How long it took, in milliseconds.';
COMMENT ON COLUMN flyway_schema_history.success IS 'Whether it succeeded.';
