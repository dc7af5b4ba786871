-- The months of the season's tables that ended before :keep_from, oldest first. Rows are those of the last statistics.
-- The month of the last night that was begun is none of them: census check writes to it (night/latest).
-- unjudged is a night that was begun and never judged, of the month or of the 32 nights after it: what it measured would
-- be lost, or the refusals that speak against its looks (confirmation).
SELECT month_partition.month,
       coalesce(sum(month_partition.reltuples) FILTER (WHERE month_partition.reltuples > 0), 0)::bigint AS rows,
       sum(pg_total_relation_size(month_partition.relation))::bigint AS bytes,
       (SELECT count(*)
        FROM night
        WHERE night.night >= month_partition.month
          AND night.night < month_partition.month + interval '1 month') AS nights,
       (SELECT min(night.night)
        FROM night
        WHERE night.night >= month_partition.month
          AND night.night < month_partition.month + interval '1 month 32 days'
          AND night.completed_at IS NULL
          AND EXISTS (SELECT FROM night_list WHERE night_list.night = night.night)) AS unjudged
FROM month_partition
WHERE month_partition.parent = ANY (season_tables())
  AND month_partition.month + interval '1 month' <= :keep_from::date
  AND month_partition.month IS DISTINCT FROM (
      SELECT date_trunc('month', max(night.night)::timestamp)::date
      FROM night
      WHERE NOT night.is_rehearsal
        AND EXISTS (SELECT FROM night_list WHERE night_list.night = night.night)
  )
GROUP BY month_partition.month
ORDER BY month_partition.month
