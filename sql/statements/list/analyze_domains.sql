-- Otherwise the planner does not know of the rows that were just added.
ANALYZE domain (name)
