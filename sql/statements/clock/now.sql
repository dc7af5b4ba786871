-- The database's time, which every process that works for a night has in common.
SELECT clock_timestamp()
