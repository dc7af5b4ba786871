-- One call to each, over seven hours in the plan's order; a second look forty minutes later where there is no STARTTLS, as a
-- rule, and where we were greylisted.
INSERT INTO permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before, started_at, ended_at, closed_at, signal, rule,
                    reception, naming, source)
SELECT :night, 1, planned.endpoint_id, look.attempt, false, at.start_at, at.start_at + interval '10 s', at.start_at + interval '5 ms',
       at.start_at + interval '5 ms' + interval '3 s' * draw(planned.endpoint_id, 30), at.start_at + interval '4 s', said.signal, 'rule',
       said.reception, 'nobody', inet '192.0.2.1'
FROM (
    SELECT planned_call.endpoint_id, planned_call.position,
           manner(planned_call.endpoint_id, planned_call.provider, :night::date - date '1970-01-01') AS manner
    FROM planned_call
    WHERE planned_call.night = :night
      AND planned_call.not_attempted IS NULL
) AS planned
CROSS JOIN LATERAL generate_series(1, CASE planned.manner WHEN 'greylisting' THEN 2
                                           WHEN 'none' THEN CASE WHEN draw(planned.endpoint_id, 31) < 0.8 THEN 2 ELSE 1 END
                                           ELSE 1 END) AS look (attempt)
CROSS JOIN LATERAL (
    SELECT :night::date + time '22:00' + interval '7 hours' * planned.position / greatest(:servers, 1) + interval '40 min' * (look.attempt - 1)
) AS at (start_at)
CROSS JOIN LATERAL (
    SELECT CASE planned.manner WHEN 'none' THEN 'no_starttls' WHEN 'blocked' THEN 'blocked_reputation' WHEN 'ok' THEN 'ok'
               WHEN 'greylisting' THEN CASE look.attempt WHEN 1 THEN 'greylisted' ELSE 'ok' END ELSE 'other' END,
           CASE planned.manner WHEN 'blocked' THEN 'blocked' WHEN 'broken' THEN 'handshake_failed' WHEN 'silent' THEN 'unreachable'
               WHEN 'greylisting' THEN CASE look.attempt WHEN 1 THEN 'greylisted' ELSE 'welcomed' END ELSE 'welcomed' END
) AS said (signal, reception)
ORDER BY at.start_at
