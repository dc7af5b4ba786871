-- Records that were seen on an earlier night, and of which tonight's answer is that they are not there. A night
-- counts once.
UPDATE opt_out_wish
SET absent_nights = opt_out_wish.absent_nights + 1,
    last_absent   = :night
FROM opt_out
JOIN unnest(:names, :networks) AS given (name, network)
    ON opt_out.name IS NOT DISTINCT FROM given.name
    AND opt_out.network IS NOT DISTINCT FROM given.network::cidr
WHERE opt_out_wish.opt_out_id = opt_out.opt_out_id
  AND opt_out_wish.channel = 'dns'
  AND :night > opt_out_wish.last_seen
  AND (opt_out_wish.last_absent IS NULL OR :night > opt_out_wish.last_absent)
