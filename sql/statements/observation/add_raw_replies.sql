INSERT INTO raw_reply (night, permit_id, banner, quit, excerpt)
SELECT :night, seen.permit_id, seen.banner, seen.quit, nullif(seen.excerpt, '')
FROM unnest(:permit_ids, :banners, :quits, :excerpts) AS seen (permit_id, banner, quit, excerpt)
WHERE num_nonnulls(seen.banner, seen.quit, nullif(seen.excerpt, '')) > 0
ON CONFLICT (night, permit_id) DO NOTHING
