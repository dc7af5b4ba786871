-- The next command that a month's removal needs; none when it is done. A partition is taken out with CONCURRENTLY, which
-- waits for whoever has read its table in a transaction that is still open, and meanwhile keeps nobody from anything.
-- Where that was broken off, FINALIZE completes it. What is taken out is dropped.
SELECT month_partition.parent, month_partition.part,
       CASE
           WHEN NOT month_partition.is_attached
               THEN format('DROP TABLE census.%I', month_partition.part)
           WHEN month_partition.is_leaving
               THEN format('ALTER TABLE census.%I DETACH PARTITION census.%I FINALIZE',
                           month_partition.parent, month_partition.part)
           ELSE format('ALTER TABLE census.%I DETACH PARTITION census.%I CONCURRENTLY',
                       month_partition.parent, month_partition.part)
       END AS command
FROM month_partition
WHERE month_partition.parent = ANY (season_tables())
  AND month_partition.month = :month
ORDER BY array_position(season_tables(), month_partition.parent)
LIMIT 1
