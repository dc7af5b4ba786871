-- Commits permits under the epoch of the process that chose the calls, except for endpoints that have opted out,
-- perhaps a moment ago. A process whose night was taken over gets none: the row lock waits for a takeover in progress
-- and then checks the epoch again. A permit that is already stored (the same statement was committed, and its answer
-- was lost) stays unchanged.
WITH fence AS (
    SELECT night
    FROM night
    WHERE night = :night
      AND epoch = :epoch
    FOR SHARE
)

INSERT INTO permit (night, epoch, endpoint_id, attempt, patient, kind, question, source, start_at, dial_before)
SELECT fence.night, :epoch, chosen.endpoint_id, chosen.attempt, chosen.patient, chosen.kind, chosen.question,
       chosen.source::inet,
       chosen.start_at::timestamptz, chosen.dial_before::timestamptz
FROM fence
CROSS JOIN unnest(:endpoint_ids, :attempts, :patient, :kinds, :questions, :sources, :starts, :dial_befores)
    AS chosen (endpoint_id, attempt, patient, kind, question, source, start_at, dial_before)
WHERE NOT EXISTS (
    SELECT
    FROM planned_call
    WHERE planned_call.night = fence.night
      AND planned_call.endpoint_id = chosen.endpoint_id
      AND planned_call.not_attempted = 'opted_out'
)
  AND chosen.endpoint_id NOT IN (
    SELECT endpoint.endpoint_id
    FROM endpoint
    WHERE endpoint.endpoint_id = ANY (:endpoint_ids)
      AND endpoint.is_opted_out
)
ON CONFLICT (night, endpoint_id, attempt) DO NOTHING
RETURNING permit_id, endpoint_id,
          (SELECT mail_host.name
           FROM endpoint
           JOIN mail_host USING (mail_host_id)
           WHERE endpoint.endpoint_id = permit.endpoint_id) AS mx_host
