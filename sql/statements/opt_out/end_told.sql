DELETE FROM opt_out_wish
USING opt_out
WHERE opt_out_wish.opt_out_id = opt_out.opt_out_id
  AND opt_out_wish.channel = 'told'
  AND opt_out.name IS NOT DISTINCT FROM :name
  AND opt_out.network IS NOT DISTINCT FROM :network::cidr
