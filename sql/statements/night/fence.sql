-- Whether the night is still in the hands of that epoch; if so, a takeover waits for the end of this transaction.
SELECT epoch
FROM night
WHERE night = :night
  AND epoch = :epoch
FOR SHARE
