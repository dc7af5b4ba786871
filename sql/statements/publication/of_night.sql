-- The last time, and the last reason that was given.
SELECT max(published_at) AS published_at,
       (array_agg(accepted_as ORDER BY publication_id DESC) FILTER (WHERE accepted_as IS NOT NULL))[1] AS accepted_as
FROM publication
WHERE night = :night
HAVING count(*) > 0
