-- What is left of a month in the season's tables, in the order in which it is dropped.
SELECT month_partition.parent, month_partition.part, month_partition.is_attached, month_partition.is_leaving
FROM month_partition
WHERE month_partition.parent = ANY (season_tables())
  AND month_partition.month = :month
ORDER BY array_position(season_tables(), month_partition.parent)
