-- Records that a night has seen in the DNS, of those who were added a moment ago.
INSERT INTO opt_out_wish (opt_out_id, channel, noted_at, record, last_seen)
SELECT opt_out.opt_out_id, 'dns', opt_out_found.seen_at, opt_out_found.record, opt_out_found.night
FROM opt_out_found
JOIN opt_out
    ON opt_out.name IS NOT DISTINCT FROM opt_out_found.name
    AND opt_out.network IS NOT DISTINCT FROM opt_out_found.network
ON CONFLICT (opt_out_id, channel) DO UPDATE
SET record        = excluded.record,
    last_seen     = greatest(excluded.last_seen, opt_out_wish.last_seen),
    absent_nights = 0,
    last_absent   = NULL
