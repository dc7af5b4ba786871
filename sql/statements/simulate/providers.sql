-- The planned servers of each provider, and those that are left out.
SELECT provider,
       count(*)                                                    AS servers,
       count(*) FILTER (WHERE not_attempted IS NULL)               AS to_call,
       count(*) FILTER (WHERE not_attempted = 'inherited')         AS inherited,
       count(*) FILTER (WHERE not_attempted = 'budget')            AS budget,
       count(*) FILTER (WHERE not_attempted = 'suspended')         AS suspended,
       max(measured_within_nights) FILTER (WHERE NOT is_implicit)  AS within
FROM planned_call
WHERE night = :night
GROUP BY provider
