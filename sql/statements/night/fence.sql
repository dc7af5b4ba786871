-- Whether the night still has this epoch; if so, a takeover waits for the end of this transaction.
SELECT epoch
FROM night
WHERE night = :night
  AND epoch = :epoch
FOR SHARE
