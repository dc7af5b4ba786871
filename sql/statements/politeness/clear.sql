DELETE FROM politeness
WHERE night = :night
  AND (:only::text[] IS NULL OR provider = ANY (:only::text[]))
