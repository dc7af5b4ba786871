-- But for those of which a later night has heard a block: a broken-off night may be closed after it.
DELETE FROM provider_standing
WHERE provider = ANY (:providers)
  AND last_blocked <= :night
