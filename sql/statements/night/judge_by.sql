-- Changes the trust store of a night that was never judged by the one it was opened with.
UPDATE night
SET trust_store = :trust_store
WHERE night = :night
