-- The tables of nights by month: which there are, and how the next one is made. A table takes part by being partitioned by
-- ranges of nights: it need not be named here.

-- The months of these tables are dropped by census prune; those of all others stay for ever.
CREATE OR REPLACE FUNCTION season_tables() RETURNS text[]
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
    RETURN ARRAY['raw_reply', 'planned_precedence', 'planned_call', 'permit'];

COMMENT ON FUNCTION season_tables IS 'The tables of nights that are kept for a season (decision 47). The ledger of permits is the last to go.';

CREATE OR REPLACE FUNCTION month_of(parent text, night date) RETURNS text
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
    RETURN parent || to_char(night::timestamp, '"_"YYYY"_"MM');

COMMENT ON FUNCTION month_of IS 'The name of the partition of a night''s month.';

CREATE OR REPLACE VIEW month_partition AS
SELECT parent.relname::text AS parent, part.relname::text AS part,
       to_date(right(part.relname, 7), 'YYYY_MM') AS month,
       inherited.inhparent IS NOT NULL AS is_attached, coalesce(inherited.inhdetachpending, false) AS is_leaving,
       part.oid AS relation, part.reltuples
FROM pg_catalog.pg_class AS parent
JOIN pg_catalog.pg_class AS part
    ON part.relnamespace = parent.relnamespace
    AND part.relkind = 'r'
    AND left(part.relname, -8) = parent.relname
    AND right(part.relname, 8) ~ '^_[0-9]{4}_(0[1-9]|1[0-2])$'
LEFT JOIN pg_catalog.pg_inherits AS inherited
    ON inherited.inhrelid = part.oid
    AND inherited.inhparent = parent.oid
WHERE parent.relkind = 'p'
  AND parent.relnamespace = 'census'::regnamespace;

COMMENT ON VIEW month_partition IS 'The months of the tables of nights. One that is not attached was taken out by census prune, which was interrupted before it dropped it.';
COMMENT ON COLUMN month_partition.parent IS 'The table.';
COMMENT ON COLUMN month_partition.part IS 'Its month, as a table.';
COMMENT ON COLUMN month_partition.month IS 'The first day of the month.';
COMMENT ON COLUMN month_partition.is_attached IS 'Whether it is a part of the table.';
COMMENT ON COLUMN month_partition.is_leaving IS 'Whether it is being taken out, or would be if that had not been interrupted: queries do not see it any more.';
COMMENT ON COLUMN month_partition.relation IS 'Its number in the catalogue.';
COMMENT ON COLUMN month_partition.reltuples IS 'Its rows by the last statistics; -1 if there are none.';

-- Locks: ACCESS SHARE and then SHARE UPDATE EXCLUSIVE on each table of nights, for the moment. No reader and no writer of
-- it conflicts with these. CREATE TABLE ... PARTITION OF would take ACCESS EXCLUSIVE, and wait for everybody who has read
-- the table in a transaction that is still open. Made and attached in one transaction, a month is never seen alone.
CREATE OR REPLACE FUNCTION open_month(for_night date) RETURNS void
    LANGUAGE plpgsql
    SET lock_timeout = '2s'
AS $$
DECLARE
    parent text;
    part   text;
BEGIN
    IF NOT EXISTS (SELECT FROM census.missing_months(for_night)) THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('census.open_month'));
    FOR parent IN SELECT missing_months FROM census.missing_months(for_night) LOOP
        part := census.month_of(parent, for_night);
        IF to_regclass('census.' || part) IS NOT NULL THEN
            RAISE EXCEPTION 'table %: it was taken out of table % and not dropped yet', part, parent
                USING ERRCODE = 'object_in_use',
                      HINT = 'An interrupted census prune left it. Start it again: census prune';
        END IF;
        EXECUTE format(
            'CREATE TABLE census.%I (LIKE census.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)%s',
            part, parent,
            -- permits are closed where they were committed
            CASE parent WHEN 'permit' THEN ' WITH (fillfactor = 80)' ELSE '' END);
        EXECUTE format(
            'ALTER TABLE census.%I ATTACH PARTITION census.%I FOR VALUES FROM (%L) TO (%L)',
            parent, part,
            date_trunc('month', for_night)::date, (date_trunc('month', for_night) + interval '1 month')::date);
    END LOOP;
END
$$;

COMMENT ON FUNCTION open_month IS 'Makes a night''s month in every table of nights that lacks it. If somebody holds a lock that keeps it from that, it fails after two seconds (SQLSTATE 55P03) and changes nothing.';

CREATE OR REPLACE FUNCTION missing_months(for_night date) RETURNS SETOF text
    LANGUAGE sql
    STABLE
BEGIN ATOMIC
    SELECT parent.relname::text
    FROM pg_catalog.pg_class AS parent
    JOIN pg_catalog.pg_partitioned_table AS partitioned ON partitioned.partrelid = parent.oid
    WHERE partitioned.partstrat = 'r'
      AND parent.relnamespace = 'census'::regnamespace
      AND NOT EXISTS (
          SELECT
          FROM census.month_partition
          WHERE month_partition.parent = parent.relname
            AND month_partition.part = census.month_of(parent.relname::text, for_night)
            AND month_partition.is_attached
      )
    ORDER BY parent.relname;
END;

COMMENT ON FUNCTION missing_months IS 'The tables of nights that have no partition for the month of this night.';

CREATE OR REPLACE FUNCTION open_partitions(for_night date) RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM census.open_month(for_night);
    PERFORM census.open_month((for_night + interval '1 month')::date);
END
$$;

COMMENT ON FUNCTION open_partitions IS 'Makes the month of a night and the next one, where they are missing.';

CREATE OR REPLACE FUNCTION analyze_partition(parent text, for_night date) RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('ANALYZE census.%I', census.month_of(parent, for_night));
END
$$;

COMMENT ON FUNCTION analyze_partition IS 'Gathers statistics of the monthly partition that a night writes to. A fixed number of rows is looked at, however many nights it holds.';

-- A contact belongs to the night that was opened last before it, or to one before that which goes on. One of census
-- check belongs to the last night that has lists: runs that were refused before they had any leave nights behind it.
CREATE OR REPLACE FUNCTION first_night_since(moment timestamptz) RETURNS date
    LANGUAGE sql
    STABLE
BEGIN ATOMIC
    SELECT coalesce(min(recent.night), '-infinity')
    FROM (
        SELECT night.night
        FROM census.night
        WHERE night.opened_at >= moment
        UNION ALL
        (
            SELECT night.night
            FROM census.night
            WHERE night.opened_at < moment
              AND NOT night.is_rehearsal
            ORDER BY night.opened_at DESC
            LIMIT 2
        )
        UNION ALL
        (
            SELECT night.night
            FROM census.night
            WHERE night.opened_at < moment
              AND NOT night.is_rehearsal
              AND EXISTS (SELECT FROM census.night_list WHERE night_list.night = night.night)
            ORDER BY night.opened_at DESC
            LIMIT 1
        )
    ) AS recent;
END;

COMMENT ON FUNCTION first_night_since IS 'No night before this one has a contact at or after the moment. Statements that look for contacts by time begin there, so that they read one or two months however many are kept, or back to the last night that has lists.';
