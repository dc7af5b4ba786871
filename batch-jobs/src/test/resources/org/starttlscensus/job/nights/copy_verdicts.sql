-- The verdicts of the night before once more.
WITH judged AS (
    INSERT INTO night_version (night, method_version, is_published, trust_store, judged_at)
    SELECT :night, method_version, is_published, trust_store, judged_at + interval '1 day'
    FROM night_version
    WHERE night = :night::date - 1
)

INSERT INTO server_night (observed_at, endpoint_id, night, state_id, attempts)
SELECT observed_at + interval '1 day', endpoint_id, :night, state_id, attempts
FROM server_night
WHERE night = :night::date - 1
ORDER BY endpoint_id
