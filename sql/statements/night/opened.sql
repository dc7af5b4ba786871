-- The row of a night, also of one that is only tried out.
SELECT night, epoch, method_version, trust_store, opened_at, completed_at, is_closed_early, contacts_pruned_at
FROM night
WHERE night = :night
