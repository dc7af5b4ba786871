-- Differs whenever the register differs: rows are added and deleted, and never changed.
SELECT count(*) || ' ' || coalesce(max(opt_out_id), 0)
FROM opt_out
