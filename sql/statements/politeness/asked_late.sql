-- Providers of calls that somebody asked for after their night had been counted, in the week before, or since the last
-- night that has lists if that is longer ago; with what only a replay of the night could tell of them, as it was counted
-- then.
WITH since AS (
    SELECT least(:night::date - 7, max(night.night)) AS night
    FROM night
    WHERE night.night < :night
      AND NOT night.is_rehearsal
      AND EXISTS (SELECT FROM night_list WHERE night_list.night = night.night)
)

SELECT late.night, late.provider, coalesce(max(politeness.suspensions), 0) AS suspensions,
       coalesce(max(politeness.suspended_addresses), 0) AS suspended_addresses
FROM (
    SELECT DISTINCT asked_call.night, called_endpoint.provider
    FROM asked_call
    JOIN night ON night.night = asked_call.night
    JOIN permit
        ON permit.night = asked_call.night
        AND permit.night BETWEEN (SELECT since.night FROM since) AND :night::date - 1
        AND permit.endpoint_id = asked_call.endpoint_id
    JOIN called_endpoint
        ON called_endpoint.night = asked_call.night
        AND called_endpoint.endpoint_id = asked_call.endpoint_id
    WHERE asked_call.night BETWEEN (SELECT since.night FROM since) AND :night::date - 1
      AND coalesce(permit.closed_at, 'infinity') > night.completed_at
) AS late
LEFT JOIN politeness ON politeness.night = late.night AND politeness.provider = late.provider
GROUP BY late.night, late.provider
ORDER BY late.night, late.provider
