-- For a COPY, in its transaction only. A million rows are sorted in memory. No parallel workers and no JIT: most of the
-- time goes into sending the rows, which one process must do. No index scans: the rows of a night are stored together,
-- so a sequential or bitmap scan is faster than the order of an index.
SELECT set_config('work_mem', '192MB', true),
       set_config('max_parallel_workers_per_gather', '0', true),
       set_config('jit', 'off', true),
       set_config('enable_indexscan', 'off', true)
