-- Except those that blocked us on a later night: an interrupted night may be closed after that one.
DELETE FROM address_standing
WHERE address = ANY (:addresses::inet[])
  AND last_blocked <= :night
