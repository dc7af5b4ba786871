WITH versions AS (
    DELETE FROM tls_version
    WHERE night = :night
),

suites AS (
    DELETE FROM cipher_suite
    WHERE night = :night
),

groups AS (
    DELETE FROM key_exchange_group
    WHERE night = :night
),

certificates AS (
    DELETE FROM certificate_trend
    WHERE night = :night
)

DELETE FROM adoption
WHERE night = :night
