-- A domain that opted out is not judged tonight: what was concluded of it before held until the night before.
UPDATE domain_state
SET last_night = :night::date - 1
FROM domain
WHERE domain.is_opted_out
  AND domain_state.domain_id = domain.domain_id
  AND domain_state.last_night IS NULL
  AND domain_state.first_night < :night
