-- Octets on disk and rows of each table, with its indexes and what is stored out of line; partitions count as their table.
SELECT coalesce(parent.relname, relation.relname) AS name,
       sum(pg_table_size(relation.oid))::bigint AS table_size,
       sum(pg_indexes_size(relation.oid))::bigint AS index_size,
       sum(greatest(relation.reltuples, 0))::bigint AS row_count
FROM pg_class AS relation
LEFT JOIN pg_inherits ON pg_inherits.inhrelid = relation.oid
LEFT JOIN pg_class AS parent ON parent.oid = pg_inherits.inhparent
WHERE relation.relnamespace = 'census'::regnamespace AND relation.relkind = 'r'
GROUP BY 1
ORDER BY 1
