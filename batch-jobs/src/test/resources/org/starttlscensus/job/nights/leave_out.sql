-- Whom the night did not come to: one in a hundred, and most of those whose provider blocked us.
UPDATE planned_call
SET not_attempted = CASE manner(endpoint_id, provider, :night::date - date '1970-01-01') WHEN 'blocked' THEN 'suspended' ELSE 'window_end' END
WHERE night = :night
  AND not_attempted IS NULL
  AND draw(endpoint_id, 2000 + (:night::date - date '1970-01-01'))
      < CASE manner(endpoint_id, provider, :night::date - date '1970-01-01') WHEN 'blocked' THEN 0.9 ELSE 0.01 END
