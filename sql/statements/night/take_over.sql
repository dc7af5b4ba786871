-- After this no permit of an older epoch can be committed.
UPDATE night
SET epoch = epoch + 1
WHERE night = :night
RETURNING epoch
