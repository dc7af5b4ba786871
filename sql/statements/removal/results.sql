-- What the judging of a night without calls left behind.
WITH of_adoption AS (DELETE FROM adoption WHERE night = :night),
of_distribution AS (DELETE FROM distribution WHERE night = :night),
of_politeness AS (DELETE FROM politeness WHERE night = :night),
of_blocked_share AS (DELETE FROM blocked_share WHERE night = :night),
of_former_verdict AS (DELETE FROM former_verdict WHERE night = :night),
of_domain AS (DELETE FROM domain_verdict WHERE night = :night)

DELETE FROM server_verdict
WHERE night = :night
