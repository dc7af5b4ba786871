INSERT INTO former_verdict (night, kind, unit_id, method_version, verdict, replaced_at)
SELECT server_verdict.night, 'server', server_verdict.endpoint_id, server_verdict.method_version,
       to_jsonb(server_verdict), :now
FROM server_verdict
WHERE server_verdict.night = :night
ON CONFLICT (night, kind, unit_id, method_version) DO NOTHING
