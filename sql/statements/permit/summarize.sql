-- Adds tonight's permits to the BRIN index on start_at. Every query of earlier contacts reads all blocks that are not
-- in the index yet. Otherwise only autovacuum adds them, and it runs less often the larger the table is.
SELECT brin_summarize_new_values('census.permit_by_start')
