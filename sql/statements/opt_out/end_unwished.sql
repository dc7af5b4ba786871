-- Whoever no longer wishes it in any way. Rows that nobody gave a reason for (an operator's own SQL) are of one who
-- was told.
DELETE FROM opt_out
WHERE opt_out_id = ANY (:wished_before)
  AND NOT EXISTS (SELECT FROM opt_out_wish WHERE opt_out_wish.opt_out_id = opt_out.opt_out_id)
