-- Sorting a million names in memory, in this transaction only.
SELECT set_config('work_mem', '192MB', true)
