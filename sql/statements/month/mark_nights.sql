UPDATE night
SET contacts_pruned_at = :now
WHERE night >= :month::date
  AND night < :month::date + interval '1 month'
  AND contacts_pruned_at IS NULL
