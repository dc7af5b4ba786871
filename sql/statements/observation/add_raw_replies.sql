INSERT INTO raw_reply (night, endpoint_id, attempt, banner, quit, excerpt)
SELECT :night, seen.endpoint_id, seen.attempt, seen.banner, seen.quit, nullif(seen.excerpt, '')
FROM unnest(:endpoint_ids, :attempts, :banners, :quits, :excerpts)
    AS seen (endpoint_id, attempt, banner, quit, excerpt)
WHERE num_nonnulls(seen.banner, seen.quit, nullif(seen.excerpt, '')) > 0
ON CONFLICT (endpoint_id, night, attempt) DO NOTHING
