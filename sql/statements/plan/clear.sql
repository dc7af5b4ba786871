WITH precedence AS (
    DELETE FROM planned_precedence
    WHERE night = :night
)

DELETE FROM planned_call
WHERE night = :night
