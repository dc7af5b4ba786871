-- What the judging of a night without calls left behind.
WITH of_adoption AS (DELETE FROM adoption WHERE night = :night),
of_tls_version AS (DELETE FROM tls_version WHERE night = :night),
of_cipher_suite AS (DELETE FROM cipher_suite WHERE night = :night),
of_key_exchange_group AS (DELETE FROM key_exchange_group WHERE night = :night),
of_certificate AS (DELETE FROM certificate_trend WHERE night = :night),
of_politeness AS (DELETE FROM politeness WHERE night = :night),
of_blocked_share AS (DELETE FROM blocked_share WHERE night = :night),
of_assessed AS (DELETE FROM assessed_server WHERE night = :night),
of_revision AS (DELETE FROM server_revision WHERE night = :night),
of_version AS (DELETE FROM night_version WHERE night = :night),
of_domain AS (DELETE FROM domain_verdict WHERE night = :night)

DELETE FROM server_night
WHERE night = :night
