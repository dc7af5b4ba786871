-- Nobody can add to the night until the transaction ends.
SELECT night
FROM night
WHERE night = :night
FOR UPDATE
