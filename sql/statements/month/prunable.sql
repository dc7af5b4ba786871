-- The months of the season's tables that ended before :keep_from, oldest first. Rows are those of the last statistics.
SELECT month_partition.month, count(*) AS tables,
       coalesce(sum(month_partition.reltuples) FILTER (WHERE month_partition.reltuples > 0), 0)::bigint AS rows,
       sum(pg_total_relation_size(month_partition.relation))::bigint AS bytes,
       (SELECT count(*)
        FROM night
        WHERE night.night >= month_partition.month
          AND night.night < month_partition.month + interval '1 month') AS nights,
       coalesce(bool_or(NOT month_partition.is_attached OR month_partition.is_leaving), false) AS is_begun
FROM month_partition
WHERE month_partition.parent = ANY (season_tables())
  AND month_partition.month + interval '1 month' <= :keep_from::date
GROUP BY month_partition.month
ORDER BY month_partition.month
