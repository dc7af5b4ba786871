-- Endpoints that the night's plan calls are not added, and no endpoint is added twice in a night.
INSERT INTO asked_call (night, endpoint_id, provider, provider_source, asked_at)
SELECT :night, given.endpoint_id, given.provider, given.provider_source, :now
FROM unnest(:endpoint_ids, :providers, :provider_sources) AS given (endpoint_id, provider, provider_source)
WHERE NOT EXISTS (
    SELECT
    FROM planned_call
    WHERE planned_call.night = :night
      AND planned_call.endpoint_id = given.endpoint_id
      AND planned_call.not_attempted IS NULL
)
ORDER BY given.endpoint_id
ON CONFLICT (night, endpoint_id) DO NOTHING
