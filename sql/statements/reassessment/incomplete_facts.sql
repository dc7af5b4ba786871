-- Servers of a night whose verdict rests on something that is not stored any more: the plan, a call, or what was said
-- or shown in it.
WITH seen AS (
    SELECT observation.endpoint_id,
           count(*) FILTER (
               WHERE (observation.dialogue_id IS NULL OR dialogue.dialogue_id IS NOT NULL)
                 AND (observation.tls_profile_id IS NULL OR tls_profile.tls_profile_id IS NOT NULL)
           ) AS calls
    FROM observation
    LEFT JOIN dialogue USING (dialogue_id)
    LEFT JOIN tls_profile USING (tls_profile_id)
    WHERE observation.night = :night
    GROUP BY observation.endpoint_id
)

SELECT count(*)
FROM server_night AS judged
LEFT JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = judged.endpoint_id
LEFT JOIN seen ON seen.endpoint_id = judged.endpoint_id
WHERE judged.night = :night
  AND (planned_call.endpoint_id IS NULL OR judged.attempts > coalesce(seen.calls, 0))
