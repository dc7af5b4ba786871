-- What the best of its earlier nights was welcomed for.
SELECT coalesce(max(welcomed), 0)
FROM source_night
WHERE address = :address::inet
  AND night < :night
