-- Views for researchers: stable, with the columns of the published files in the same order. Base tables may change;
-- these views only ever gain columns. Columns that are null in every row belong to measurements that are not made yet.

CREATE SCHEMA IF NOT EXISTS pub;

COMMENT ON SCHEMA pub IS 'The census for researchers: the published files as views, and all that a question needs beside them. Questions in words, with their SQL: sql/cookbook.';
