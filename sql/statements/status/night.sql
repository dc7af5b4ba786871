-- The progress of a night, in numbers.
SELECT
    (SELECT count(DISTINCT listed_domain.domain_id)
     FROM night_list JOIN listed_domain USING (list_edition_id)
     WHERE night_list.night = :night)                                                                   AS domains,
    (SELECT count(*) FROM planned_call WHERE night = :night)                                            AS planned,
    (SELECT count(*) FROM planned_call WHERE night = :night AND not_attempted IS NULL)                  AS to_call,
    (SELECT count(*) FROM permit WHERE night = :night)                                                  AS permits,
    (SELECT count(*) FROM permit WHERE night = :night AND closed_at IS NULL)                            AS open_permits,
    (SELECT count(DISTINCT endpoint_id) FROM observation WHERE night = :night)                          AS observed
