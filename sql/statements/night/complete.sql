-- Never before it was opened: both times are those of a machine whose clock may have been ahead when it opened the night, and set
-- right since. What is stored as complete then is the earliest moment that may be true.
UPDATE night
SET completed_at = coalesce(completed_at, greatest(:now, opened_at))
WHERE night = :night
  AND epoch = :epoch
