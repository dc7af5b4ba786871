-- Adds tonight's permits to the BRIN index on start_at, in the night's month. Every query of earlier contacts reads all
-- blocks that are not in the index yet. Otherwise only autovacuum adds them, and it runs less often the larger the table
-- is.
SELECT coalesce(sum(brin_summarize_new_values(index_of_month.indexrelid)), 0)::integer
FROM pg_index AS index_of_month
JOIN pg_inherits ON pg_inherits.inhrelid = index_of_month.indexrelid
WHERE index_of_month.indrelid = to_regclass('census.' || month_of('permit', :night))
  AND pg_inherits.inhparent = 'census.permit_by_start'::regclass
