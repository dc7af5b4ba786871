WITH versions AS (
    DELETE FROM tls_version
    WHERE night = :night
)

DELETE FROM adoption
WHERE night = :night
