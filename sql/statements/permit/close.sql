-- A permit closes once; a second report of the same call changes nothing. But a permit closed as abandoned may be
-- reported after all, if its process was only suspended. Then the report is stored, and closed_at keeps the time of the
-- abandonment. A process that has lost the night cannot report a permit as unused: the new owner of the night counts it
-- as used.
UPDATE permit
SET started_at = reported.started_at::timestamptz,
    ended_at   = reported.ended_at::timestamptz,
    closed_at  = coalesce(permit.closed_at, :now),
    signal     = reported.signal,
    rule       = reported.rule,
    reception  = reported.reception,
    naming     = reported.naming,
    stay_away_s = reported.stay_away,
    stay_away_said = reported.stay_away_said,
    retry_at   = reported.retry_at::timestamptz,
    retry_kind = reported.retry_kind,
    retry_patient = reported.retry_patient,
    retry_question = reported.retry_question
FROM unnest(:permit_ids, :started, :ended, :signals, :rules, :receptions, :namings, :stay_away, :stay_away_said,
            :retry_at, :retry_kinds, :retry_patient, :retry_questions)
    AS reported (permit_id, started_at, ended_at, signal, rule, reception, naming, stay_away, stay_away_said,
                 retry_at, retry_kind, retry_patient, retry_question)
WHERE permit.night = :night
  AND permit.permit_id = reported.permit_id
  AND (permit.closed_at IS NULL OR permit.signal = 'abandoned')
  AND (reported.signal <> 'not_dialled'
       OR permit.epoch = (SELECT night.epoch FROM night WHERE night.night = permit.night))
