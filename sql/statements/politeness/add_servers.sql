-- Calls that somebody asked for by name (census check) are calls. Where :only is given, it is about these providers alone.
INSERT INTO polite_server (endpoint_id, provider, provider_source, is_meant)
SELECT served.endpoint_id, served.provider, served.provider_source,
       planned_call.endpoint_id IS NOT NULL
       AND (planned_call.not_attempted IS NULL OR planned_call.not_attempted = 'suspended')
FROM called_endpoint AS served
LEFT JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = served.endpoint_id
WHERE served.night = :night
  AND (:only::text[] IS NULL OR served.provider = ANY (:only::text[]))
