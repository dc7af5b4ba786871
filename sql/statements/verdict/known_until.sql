-- Until when facts count for the verdicts of a night: calls of census check may follow what was published, in the same
-- ledger. Without an end while nothing is published.
SELECT coalesce((SELECT judged_at FROM night_version WHERE night = :night AND is_published), 'infinity')::text
