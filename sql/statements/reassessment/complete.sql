UPDATE reassessment
SET completed_at = :now
WHERE reassessment_id = :reassessment_id
  AND completed_at IS NULL
