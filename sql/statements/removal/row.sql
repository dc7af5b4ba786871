-- The night itself, unless calls of `census check` are in its ledger, or were before its permits were dropped: they
-- happened.
WITH without_calls AS (
    SELECT night
    FROM night
    WHERE night = :night
      AND NOT EXISTS (SELECT FROM permit WHERE permit.night = night.night)
      AND NOT EXISTS (SELECT FROM contact WHERE contact.night = night.night)
),

of_asked AS (
    DELETE FROM asked_call
    USING without_calls
    WHERE asked_call.night = without_calls.night
),

of_requests AS (
    DELETE FROM run_request
    USING without_calls
    WHERE run_request.night = without_calls.night
)

DELETE FROM night
USING without_calls
WHERE night.night = without_calls.night
