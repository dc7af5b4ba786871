-- Takes tonight's permits up in the index on start_at: blocks of the table that it does not know yet are read by every question of
-- earlier contacts, and nobody else adds them before autovacuum comes by, which is ever more seldom as the table grows.
SELECT brin_summarize_new_values('census.permit_by_start')
