INSERT INTO opt_out_takedown (opt_out_id, folder, done_at)
SELECT opt_out.opt_out_id, :folder, :now
FROM opt_out
WHERE opt_out.opt_out_id = ANY (:opt_out_ids)
ON CONFLICT (opt_out_id, folder) DO NOTHING
