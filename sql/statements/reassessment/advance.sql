UPDATE reassessment
SET judged_up_to = :judged_up_to, chains = :chains, changed = :changed
WHERE reassessment_id = :reassessment_id
