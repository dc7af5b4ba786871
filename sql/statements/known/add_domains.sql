INSERT INTO known_domain (domain_id, first_night, starttls_any, starttls_primary)
SELECT domain_id, :night, starttls_any, starttls_primary
FROM noted_domain
WHERE is_new
ORDER BY domain_id
