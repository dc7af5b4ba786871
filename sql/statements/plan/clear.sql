WITH precedence AS (
    DELETE FROM planned_precedence
    WHERE night = :night
),

sample AS (
    DELETE FROM old_version_sample
    WHERE night = :night
)

DELETE FROM planned_call
WHERE night = :night
