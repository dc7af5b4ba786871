-- The database's time, which all processes of a night share.
SELECT clock_timestamp()
