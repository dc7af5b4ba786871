-- Never earlier than opened_at. Both times come from a machine whose clock may have been ahead when it opened the night
-- and have been corrected since. Then the stored time is the earliest one that may be true.
UPDATE night
SET completed_at = coalesce(completed_at, greatest(:now, opened_at))
WHERE night = :night
  AND epoch = :epoch
