-- What a complete night takes on the disk, on average, with its indexes and with what all nights share; 0 without any.
SELECT coalesce(pg_database_size(current_database()) / nullif(count(*), 0), 0) AS octets
FROM night
WHERE completed_at IS NOT NULL;
