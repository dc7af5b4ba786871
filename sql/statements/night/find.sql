SELECT night, epoch, method_version, trust_store, opened_at, completed_at, is_closed_early, contacts_pruned_at
FROM night
WHERE night = :night
  AND NOT is_rehearsal
