WITH distributions AS (
    DELETE FROM distribution
    WHERE night = :night
)

DELETE FROM adoption
WHERE night = :night
