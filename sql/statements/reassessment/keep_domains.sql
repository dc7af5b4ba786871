INSERT INTO former_verdict (night, kind, unit_id, method_version, verdict, replaced_at)
SELECT domain_verdict.night, 'domain', domain_verdict.domain_id, domain_verdict.method_version,
       to_jsonb(domain_verdict), :now
FROM domain_verdict
WHERE domain_verdict.night = :night
ON CONFLICT (night, kind, unit_id, method_version) DO NOTHING
