-- The names of an address in a night's plan or in on-demand calls (census check); those that are called come first.
SELECT mail_host.mail_host_id, mail_host.name,
       asked_call.night IS NOT NULL OR planned_call.night IS NOT NULL
           AND planned_call.not_attempted IS NULL AS is_called,
       coalesce(planned_call.provider, asked_call.provider)               AS provider,
       coalesce(planned_call.provider_source, asked_call.provider_source) AS provider_source,
       planned_call.not_attempted, planned_call.detail
FROM endpoint
JOIN mail_host USING (mail_host_id)
LEFT JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = endpoint.endpoint_id
LEFT JOIN asked_call ON asked_call.night = :night AND asked_call.endpoint_id = endpoint.endpoint_id
WHERE endpoint.address = :address::inet
  AND (planned_call.night IS NOT NULL OR asked_call.night IS NOT NULL)
ORDER BY is_called DESC, mail_host.name
