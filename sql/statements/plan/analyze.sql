-- A plan that PostgreSQL takes for a handful of rows is joined row by row, for each of a night's questions of it.
ANALYZE planned_call
