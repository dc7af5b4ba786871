DELETE FROM domain_verdict
WHERE night = :night
