INSERT INTO correction (night, endpoint_id, because, asked_at, outcome_before, outcome_after)
SELECT :night, assessed.endpoint_id, :because, :asked_at, published.outcome, assessed.outcome
FROM assessed_server AS assessed
JOIN server_verdict AS published ON published.night = :night AND published.endpoint_id = assessed.endpoint_id
WHERE assessed.night = :night
