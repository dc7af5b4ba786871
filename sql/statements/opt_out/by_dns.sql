-- Whom the DNS is asked about again, because it said that they opted out.
SELECT opt_out.name, host(opt_out.network) AS address
FROM opt_out
JOIN opt_out_wish USING (opt_out_id)
WHERE opt_out_wish.channel = 'dns'
ORDER BY opt_out.opt_out_id
