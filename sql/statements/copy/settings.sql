-- For a COPY, in its transaction only. A million rows are sorted in memory. One process does it all: what sending them costs cannot be
-- shared, and the others would only hand their rows over. Those of a night lie together, and are read as they lie, whatever order
-- an index would give them.
SELECT set_config('work_mem', '192MB', true),
       set_config('max_parallel_workers_per_gather', '0', true),
       set_config('enable_indexscan', 'off', true)
