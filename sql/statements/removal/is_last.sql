-- Whether no later night has begun. Spans of routes that begin on an earlier one may go on in later nights.
SELECT NOT EXISTS (
    SELECT
    FROM night_list
    WHERE night_list.night > :night
)
