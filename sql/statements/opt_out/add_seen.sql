-- Records that a night has seen in the DNS.
INSERT INTO opt_out_wish (opt_out_id, channel, noted_at, record, last_seen)
SELECT opt_out.opt_out_id, 'dns', :now, given.record, :night
FROM unnest(:names, :networks, :records) AS given (name, network, record)
JOIN opt_out
    ON opt_out.name IS NOT DISTINCT FROM given.name
    AND opt_out.network IS NOT DISTINCT FROM given.network::cidr
ON CONFLICT (opt_out_id, channel) DO UPDATE
SET record        = excluded.record,
    last_seen     = greatest(excluded.last_seen, opt_out_wish.last_seen),
    absent_nights = 0,
    last_absent   = NULL
