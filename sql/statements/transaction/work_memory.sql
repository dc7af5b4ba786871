-- Enough to sort a million names in memory.
SELECT set_config('work_mem', '192MB', true)
