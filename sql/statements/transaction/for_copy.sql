-- For a COPY, in its transaction only. A million rows are sorted in memory. One process does it all, and without a compiler: sending
-- them costs most, which cannot be shared. What belongs to a night lies together, and is read as it lies, whatever order an index
-- would give it.
SELECT set_config('work_mem', '192MB', true),
       set_config('max_parallel_workers_per_gather', '0', true),
       set_config('jit', 'off', true),
       set_config('enable_indexscan', 'off', true)
