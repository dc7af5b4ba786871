INSERT INTO plan_host (mail_host_id, provider, source, registrable)
SELECT given.mail_host_id, given.provider, given.source, given.registrable
FROM unnest(:ids, :providers, :sources, :registrables) AS given (mail_host_id, provider, source, registrable)
