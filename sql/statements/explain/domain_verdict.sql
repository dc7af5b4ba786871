-- The verdict on a domain in a night: the three roll-ups.
SELECT starttls_any, starttls_primary, starttls_all_reachable, measured, truncated, mixed_provider, observed_at,
       method_version
FROM domain_verdict
WHERE night = :night
  AND domain_id = :domain_id
