-- The last night with a contact to the address before tonight, within a month: of each of its names the last one in the
-- key of each table. Then the last contact of that night. A call whose process died counts too: its result is unknown.
-- So do on-demand calls, and those of the old-version campaign: what they showed, they showed.
INSERT INTO look_pair (address, provider, first_at, last_at)
SELECT address, provider, first_at, last_at
FROM clean_look
WHERE last_at - first_at >= make_interval(secs => :gap_seconds)
UNION ALL
SELECT clean_look.address, clean_look.provider, before.started_at, clean_look.last_at
FROM clean_look
CROSS JOIN LATERAL (
    SELECT max(greatest(
        (SELECT observation.night
         FROM observation
         WHERE observation.endpoint_id = endpoint.endpoint_id
           AND observation.night BETWEEN :night::date - 32 AND :night::date - 1
           AND observation.ending NOT IN ('not_callable', 'no_family')
         ORDER BY observation.night DESC
         LIMIT 1),
        (SELECT old_version_call.night
         FROM old_version_call
         WHERE old_version_call.endpoint_id = endpoint.endpoint_id
           AND old_version_call.night BETWEEN :night::date - 32 AND :night::date - 1
           AND old_version_call.ending NOT IN ('not_callable', 'no_family')
         ORDER BY old_version_call.night DESC
         LIMIT 1),
        (SELECT abandoned_call.night
         FROM abandoned_call
         WHERE abandoned_call.endpoint_id = endpoint.endpoint_id
           AND abandoned_call.night BETWEEN :night::date - 32 AND :night::date - 1
         ORDER BY abandoned_call.night DESC
         LIMIT 1)
    )) AS night
    FROM endpoint
    WHERE endpoint.address = clean_look.address
) AS latest
-- LIMIT in each of the following: what it reads is looked up by itself, by the keys of its tables
CROSS JOIN LATERAL (
    SELECT last_of_name.started_at, last_of_name.is_clean_look
    FROM endpoint
    CROSS JOIN LATERAL (
        SELECT contact.started_at, contact.is_clean_look
        FROM contact
        WHERE contact.endpoint_id = endpoint.endpoint_id
          AND contact.night = latest.night
          AND contact.is_dialled
        ORDER BY contact.started_at DESC NULLS FIRST
        LIMIT 1
    ) AS last_of_name
    WHERE endpoint.address = clean_look.address
    ORDER BY last_of_name.started_at DESC NULLS FIRST
    LIMIT 1
) AS before
-- any other contact tonight without a clean observation
LEFT JOIN LATERAL (
    SELECT true AS is_there
    FROM endpoint
    CROSS JOIN LATERAL (
        SELECT
        FROM contact
        WHERE contact.endpoint_id = endpoint.endpoint_id
          AND contact.night = :night
          AND NOT contact.is_clean_look
          AND contact.begun_by <= :known_until::timestamptz
        LIMIT 1
    ) AS of_name
    WHERE endpoint.address = clean_look.address
    LIMIT 1
) AS disturbance ON true
WHERE before.is_clean_look
  AND disturbance.is_there IS NULL
