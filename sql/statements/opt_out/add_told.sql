-- Who is told of again keeps the time and the words of the first time, unless new words are given.
INSERT INTO opt_out_wish (opt_out_id, channel, noted_at, noted_by, asked_by, note)
SELECT opt_out.opt_out_id, 'told', :now, :noted_by, :asked_by, :note
FROM opt_out
WHERE opt_out.name IS NOT DISTINCT FROM :name
  AND opt_out.network IS NOT DISTINCT FROM :network::cidr
ON CONFLICT (opt_out_id, channel) DO UPDATE
SET asked_by = coalesce(excluded.asked_by, opt_out_wish.asked_by),
    note     = coalesce(excluded.note, opt_out_wish.note)
