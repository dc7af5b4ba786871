-- Calls of a month that were permitted and never reported: nobody will report them any more, and they may have been
-- made. They are remembered for ever, as those of permit/abandon.
INSERT INTO abandoned_call (endpoint_id, night, attempt, dial_before)
SELECT permit.endpoint_id, permit.night, permit.attempt, permit.dial_before
FROM permit
WHERE permit.night >= :month::date
  AND permit.night < :month::date + interval '1 month'
  AND permit.closed_at IS NULL
ON CONFLICT (endpoint_id, night, attempt) DO NOTHING
