SELECT opt_out.name, text(opt_out.network) AS network, opt_out.since,
       coalesce(opt_out_wish.channel, 'told') AS channel, coalesce(opt_out_wish.noted_at, opt_out.since) AS noted_at,
       opt_out_wish.noted_by, opt_out_wish.asked_by, opt_out_wish.note, opt_out_wish.record, opt_out_wish.last_seen,
       opt_out_wish.absent_nights
FROM opt_out
LEFT JOIN opt_out_wish USING (opt_out_id)
ORDER BY opt_out.network, opt_out.name COLLATE "C", opt_out_wish.channel DESC
