-- Commits permits under the epoch of the process that chose them. A process whose night was taken over gets none:
-- the row lock waits for a takeover under way, and the epoch is looked at again behind it. A permit that stands already
-- (the same statement was committed, and the answer was lost) is left as it is.
WITH fence AS (
    SELECT night
    FROM night
    WHERE night = :night
      AND epoch = :epoch
    FOR SHARE
)

INSERT INTO permit (night, epoch, endpoint_id, attempt, patient, question, start_at, dial_before)
SELECT fence.night, :epoch, chosen.endpoint_id, chosen.attempt, chosen.patient, chosen.question,
       chosen.start_at::timestamptz, chosen.dial_before::timestamptz
FROM fence
CROSS JOIN unnest(:endpoint_ids, :attempts, :patient, :questions, :starts, :dial_befores)
    AS chosen (endpoint_id, attempt, patient, question, start_at, dial_before)
ON CONFLICT (night, endpoint_id, attempt) DO NOTHING
RETURNING permit_id, endpoint_id,
          (SELECT mail_host.name
           FROM endpoint
           JOIN mail_host USING (mail_host_id)
           WHERE endpoint.endpoint_id = permit.endpoint_id) AS mx_host
