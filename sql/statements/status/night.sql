-- The progress of a night, in numbers. A call counts for `census check` if it was asked for there and the plan does not
-- make it. A server was called if a packet was sent to it. Where the night's contacts were pruned, its verdicts are
-- counted: each planned server has one.
WITH call AS (
    SELECT
        permit.endpoint_id,
        permit.started_at IS NOT NULL AS is_made,
        permit.closed_at IS NULL      AS is_open,
        asked_call.endpoint_id IS NOT NULL AND planned_call.endpoint_id IS NULL AS is_asked
    FROM permit
    LEFT JOIN asked_call
        ON asked_call.night = permit.night AND asked_call.endpoint_id = permit.endpoint_id
    LEFT JOIN planned_call
        ON planned_call.night = permit.night AND planned_call.endpoint_id = permit.endpoint_id
        AND planned_call.not_attempted IS NULL
    WHERE permit.night = :night
),

counted AS (
    SELECT
        count(DISTINCT endpoint_id) FILTER (WHERE is_made AND NOT is_asked) AS called,
        count(*) FILTER (WHERE is_made AND NOT is_asked)                    AS calls,
        count(*) FILTER (WHERE is_open AND NOT is_asked)                    AS open_calls,
        count(DISTINCT endpoint_id) FILTER (WHERE is_made AND is_asked)     AS checked,
        count(*) FILTER (WHERE is_made AND is_asked)                        AS check_calls
    FROM call
)

SELECT
    -- the domains of one list are counted already
    (SELECT CASE
                WHEN count(*) = 1 THEN min(accepted - duplicates)
                ELSE (SELECT count(DISTINCT listed_domain.domain_id)
                      FROM night_list JOIN listed_domain USING (list_edition_id)
                      WHERE night_list.night = :night)
            END
     FROM night_list JOIN list_edition USING (list_edition_id)
     WHERE night_list.night = :night)                                                  AS domains,
    CASE WHEN (SELECT contacts_pruned_at FROM night WHERE night = :night) IS NULL
        THEN (SELECT count(*) FROM planned_call WHERE night = :night)
        ELSE (SELECT count(*) FROM server_verdict WHERE night = :night)
    END                                                                                AS planned,
    (SELECT count(*) FROM planned_call WHERE night = :night AND not_attempted IS NULL) AS to_call,
    CASE WHEN (SELECT contacts_pruned_at FROM night WHERE night = :night) IS NULL
        THEN counted.called
        ELSE (SELECT count(*) FROM server_verdict WHERE night = :night AND attempts > 0)
    END                                                                                AS called,
    counted.calls, counted.open_calls, counted.checked, counted.check_calls
FROM counted
