SELECT nights - CASE WHEN last_night = :night THEN 1 ELSE 0 END
FROM source_standing
WHERE address = :address::inet
