-- A night whose date is over: judged by what it had, and never published as a complete one.
UPDATE night
SET completed_at    = greatest(:now, opened_at),
    is_closed_early = true
WHERE night = :night
  AND epoch = :epoch
  AND completed_at IS NULL
