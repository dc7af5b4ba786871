SELECT opt_out.opt_out_id
FROM opt_out
WHERE NOT EXISTS (
    SELECT
    FROM opt_out_takedown
    WHERE opt_out_takedown.opt_out_id = opt_out.opt_out_id
      AND opt_out_takedown.folder = :folder
)
ORDER BY opt_out.opt_out_id
