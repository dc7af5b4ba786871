-- Closes a night whose date is over: it is judged by what was measured, and never published as complete.
UPDATE night
SET completed_at    = greatest(:now, opened_at),
    is_closed_early = true
WHERE night = :night
  AND epoch = :epoch
  AND completed_at IS NULL
