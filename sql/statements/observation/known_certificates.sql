SELECT sha256
FROM certificate
WHERE sha256 = ANY (:sha256s)
