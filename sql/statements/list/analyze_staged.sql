-- A table filled in this transaction looks empty to the planner, which then joins a million rows one by one.
ANALYZE staged_line (name)
