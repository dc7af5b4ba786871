SELECT DISTINCT opt_out_id
FROM opt_out_wish
