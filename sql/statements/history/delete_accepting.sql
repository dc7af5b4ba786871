-- Except those that blocked us on a later night: an interrupted night may be closed after that one.
DELETE FROM provider_standing
WHERE provider = ANY (:providers)
  AND last_blocked <= :night
