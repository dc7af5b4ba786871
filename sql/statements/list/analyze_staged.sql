-- Without this the planner assumes that the table filled in this transaction is empty, and joins a million rows one by
-- one.
ANALYZE staged_line (name)
