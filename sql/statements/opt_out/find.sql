SELECT opt_out_id
FROM opt_out
WHERE name IS NOT DISTINCT FROM :name
  AND network IS NOT DISTINCT FROM :network::cidr
